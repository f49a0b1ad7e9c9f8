"""Minutes to read a text: by words, and by characters in scripts that put no spaces between words."""

import re

WORDS_A_MINUTE = 200
CHARACTERS_A_MINUTE = 500
# Thai, Lao, Burmese, Khmer, Japanese kana, and Chinese characters with their extensions.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


def minutes(text: str) -> int:
    """At least 1."""
    spaced, characters = UNSPACED.subn(" ", text)
    return max(1, round(len(spaced.split()) / WORDS_A_MINUTE + characters / CHARACTERS_A_MINUTE))
