"""Language codes <-> the English names that Whisper's API answers with.

The table is that of OpenAI's Whisper (github.com/openai/whisper, whisper/tokenizer.py).
"""

import functools

from medscribe.api.errors import RequestError

_CODES_AND_NAMES = (
    "af afrikaans am amharic ar arabic as assamese az azerbaijani ba bashkir be belarusian "
    "bg bulgarian bn bengali bo tibetan br breton bs bosnian ca catalan cs czech cy welsh "
    "da danish de german el greek en english es spanish et estonian eu basque fa persian "
    "fi finnish fo faroese fr french gl galician gu gujarati ha hausa he hebrew hi hindi "
    "hr croatian hu hungarian hy armenian id indonesian is icelandic it italian ja japanese "
    "jw javanese ka georgian kk kazakh km khmer kn kannada ko korean la latin lb luxembourgish "
    "ln lingala lo lao lt lithuanian lv latvian mg malagasy mi maori mk macedonian ml malayalam "
    "mn mongolian mr marathi ms malay mt maltese my myanmar ne nepali nl dutch nn nynorsk "
    "no norwegian oc occitan pa punjabi pl polish ps pashto pt portuguese ro romanian "
    "ru russian sa sanskrit sd sindhi si sinhala sk slovak sl slovenian sn shona so somali "
    "sq albanian sr serbian su sundanese sv swedish sw swahili ta tamil te telugu tg tajik "
    "th thai tk turkmen tl tagalog tr turkish tt tatar uk ukrainian ur urdu uz uzbek "
    "vi vietnamese yi yiddish yo yoruba zh chinese"
)


def language_name(code: str) -> str:
    """`en` -> `english`; a code that is not in the table stays as it is."""
    return _names().get(code, code)


def language_code(given: str, param: str) -> str:
    """`en`, `EN`, `en-US` or `English` -> `en`; `RequestError` for anything else."""
    plain = given.strip().lower()
    code = plain.replace("_", "-").split("-")[0]
    if code in _names():
        return code
    for known, name in _names().items():
        if plain == name:
            return known
    raise RequestError(
        "Give the language as an ISO 639-1 code, such as en.", param=param, code="invalid_value"
    )


@functools.cache
def _names() -> dict[str, str]:
    words = _CODES_AND_NAMES.split()
    return dict(zip(words[::2], words[1::2], strict=True))
