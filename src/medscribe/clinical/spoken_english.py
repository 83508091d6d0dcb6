"""Text of a recogniser or a tokenised transcript -> plain written English, offsets kept.

"i do n't , uh , i 'm gon na stop" -> "i do not, uh, i am going to stop". Both "do n't" (Penn
tokenisation, as in ACI-Bench) and "don't" are understood. Placeholders pass through untouched.
"""

import re
from functools import cache

from medscribe.clinical.offsets import Edit, NormalisedText
from medscribe.clinical.split_decimals import joined_decimals

_PARTICIPLE = r"(?= +(?:just +|already +|also +|never +|always +)?(?:been|had|gotten|got|become|gone|done|seen|taken|started|noticed|tried|lost|gained)\b)"  # noqa: E501
_HERE = r"(?<![\w<-])"
_FORMS: tuple[tuple[str, str], ...] = (
    (r"\bit ?[’']s(?= own\b)", "its"),
    (rf"{_HERE}ca ?n[’']t\b|{_HERE}can not\b", "cannot"),
    (rf"{_HERE}wo ?n[’']t\b", "will not"),
    (rf"{_HERE}ai ?n[’']t\b", "is not"),
    (r"(?<=[a-z]) ?n[’']t\b", " not"),
    (rf"{_HERE}gon ?na\b", "going to"),
    (rf"{_HERE}wan ?na\b", "want to"),
    (rf"{_HERE}got ?ta\b", "got to"),
    (rf"{_HERE}lem ?me\b", "let me"),
    (rf"{_HERE}gim ?me\b", "give me"),
    (rf"{_HERE}[’']cause\b|{_HERE}cause\b(?= +(?:i|it|my|you|we|he|she|they|of)\b)", "because"),
    (rf"{_HERE}(?:kinda|kind of|sorta|sort of) (?=a\b)", ""),
    (rf"{_HERE}kinda\b", "kind of"),
    (rf"{_HERE}y[’']all\b", "you"),
    (rf"{_HERE}(i) ?[’']m\b", r"\1 am"),
    (r"(?<=[a-z]) ?[’']re\b", " are"),
    (r"(?<=[a-z]) ?[’']ve\b", " have"),
    (r"(?<=[a-z]) ?[’']ll\b", " will"),
    (rf"{_HERE}(i|you|we|they|he|she|it) ?[’']d(?= +(?:been|had|never|already)\b)", r"\1 had"),
    (rf"{_HERE}(i|you|we|they|he|she|it|that) ?[’']d\b", r"\1 would"),
    (rf"{_HERE}(it|that|he|she|there|what|who|how|where) ?[’']s{_PARTICIPLE}", r"\1 has"),
    (rf"{_HERE}(it|that|he|she|there|here|what|who|how|where|everything|when) ?[’']s\b", r"\1 is"),
    (r"(?<=\d) \. (?=\d)", "."),
    (r"(?<=\d)\. (?=\d+ (?:centi|milli|cm\b|mm\b|mg\b|degrees))", "."),
    (r" +(?=[,.?!;:](?:\s|$))", ""),
    (r"(?<=s) (?=[’'] )", ""),
    (r"(?<=\b\d) ?, ?(?=000\b)|(?<=\b\d\d) ?, ?(?=000\b)", ","),
    (r"(?<=[a-z]) +(?=[’']s\b)", ""),
    (r"(?<=\b[md]r) (?=\.)|(?<=\bmrs) (?=\.)|(?<=\bms) (?=\.)", ""),
    (r"(?<=\d) (?=%)", ""),
)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(form, re.IGNORECASE), new) for form, new in _FORMS)


def written_english(spoken: NormalisedText) -> NormalisedText:
    """`spoken` with contractions written out and tokenisation undone, torn decimals joined."""
    result = joined_decimals(spoken)
    for pattern, new in _patterns():
        found = [
            Edit(match.start(), match.end(), match.expand(new))
            for match in pattern.finditer(result.text)
        ]
        if found:
            result = result.edited(found)
    return result
