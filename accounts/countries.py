"""The countries and territories whose flag a user may set beside their name: code to English name, ISO 3166-1.

The flag is chosen in the account settings and never guessed. An address would reveal what people did not choose to say,
and be wrong for everyone behind a VPN, a company or a mobile gateway. The list is `countries.tsv`, sorted by name.
"""

from pathlib import Path

COUNTRIES: dict[str, str] = dict(
    line.split("\t") for line in Path(__file__).with_name("countries.tsv").read_text(encoding="utf-8").splitlines()
)
REGIONAL_INDICATOR_A = 0x1F1E6


def name_of(code: str) -> str:
    """The country's name; the code itself for one that this version does not know."""
    return COUNTRIES.get(code, code)


def emoji_of(code: str) -> str:
    """The two letters that fonts draw as a flag."""
    return "".join(chr(REGIONAL_INDICATOR_A + ord(letter) - ord("A")) for letter in code)


def checked(code: str) -> str:
    """A code of the list, or "" for no flag. Raises ValueError with a sentence for anything else."""
    if code and code not in COUNTRIES:
        raise ValueError("Choose a country from the list, or no flag.")
    return code
