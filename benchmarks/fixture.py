"""Signs in as many people as a benchmark needs, at once.

    python benchmarks/fixture.py FOLDER --people 1000 --sections 56

makes, in FOLDER: `instance/` with a database of that many users and one `UserSession` row each, `content/` with that
many sections (none: the site shows its own courses), and `cookies.json`, a list of signed session cookies. A sign-in
through the form would write the same row and sign the same cookie, with that form's token; only the password, which
no one here has, is not asked for. From the connection on the site runs the same code as for any other user.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import content


def make(folder: Path, people: int, sections: int) -> None:
    """Write the fixture into `folder`."""
    from app import create_app
    from web.db import create_tables

    content.write(folder / "content", sections)
    app = create_app(settings(folder))
    with app.app_context():
        create_tables()
        tokens = _sign_in(people)
    (folder / "cookies.json").write_text(json.dumps([_cookie(app, token) for token in tokens]))


def settings(folder: Path) -> dict[str, str]:
    """The site's settings; a fixture without sections shows the site's own courses."""
    content = {"CONTENT_DIR": str(folder / "content")} if (folder / "content").is_dir() else {}
    return {"INSTANCE_DIR": str(folder / "instance"), **content}


def _sign_in(people: int) -> list[str]:
    from accounts import session_tokens
    from accounts.models import User, UserSession
    from web.db import db

    faces = [path.name for path in sorted((Path(__file__).parent.parent / "static" / "avatars").glob("*.svg"))]
    users = [_user(User, number, faces[number % len(faces)]) for number in range(people)]
    db.session.add_all(users)
    db.session.flush()
    tokens = [session_tokens.new() for _user in users]
    rows = zip(map(session_tokens.digest, tokens), users, strict=True)
    db.session.add_all(UserSession(digest=digest, user_id=user.id) for digest, user in rows)
    db.session.commit()
    return tokens


def _user(model, number: int, face: str):
    avatar = f"/static/avatars/{face}"
    return model(username=f"learner-{number}", name=f"Learner {number}", password_hash="none", avatar=avatar)


def _cookie(app, token: str) -> str:
    signer = app.session_interface.get_signing_serializer(app)
    return signer.dumps({"_user_id": token, "_fresh": True, "csrf_token": hashlib.sha1(token.encode()).hexdigest()})


def main() -> None:
    parser = argparse.ArgumentParser(description="Make a site with many people signed in.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--sections", type=int, default=56)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    make(arguments.folder.resolve(), arguments.people, arguments.sections)


if __name__ == "__main__":
    main()
