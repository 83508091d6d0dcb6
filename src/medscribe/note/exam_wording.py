"""Findings as the clinician speaks them -> findings as they are charted.

"on your heart exam , i do appreciate a 2/6 systolic murmur" -> "a 2/6 systolic murmur"; "your
lungs are clear" -> "lungs are clear"; "you do not have any edema" -> "no edema".
"""

import re
from functools import cache

_SOFT = r"(?:(?:do|also|still|really|certainly|again|can|did|does) )*"
_FORMS: tuple[tuple[str, str], ...] = (
    (r"\b(?:on|for|in terms of|as for|with|upon) (?:your |the |his |her |my )?(?:[\w-]+ ){0,4}?(?:exam|examination|evaluation|inspection)(?: of (?:your|the|his|her) (?:[\w-]+ ){0,2}\w+)?(?: today)?[,:]? ?", ""),
    (r"\A(?:physical exam|physical examination|exam)[,:.]? ?", ""),
    (r"\b(?:looking|look) at (?:your|the|his|her) [\w ]{3,25}?,? (?=i |there |it |you )", ""),
    (rf"\b(?:i|we) {_SOFT}(?:not|cannot) (?:hear|see|feel|appreciate|find|notice|detect|note)(?: that)?(?: there (?:is|are))? ?(?:any|a|an)?\b", "no"),
    (rf"\b(?:i|we) {_SOFT}(?:hear|see|feel|appreciate|find|notice|detect|note|noticed|heard|appreciated)(?: that)?(?: there (?:is|are))? ?", ""),
    (r"\bit (?:looks|look|sounds|seems|appears|feels) (?:like )?(?:that )?(?:there (?:is|are) )?", ""),
    (r"\blooks like (?:that )?(?:there (?:is|are) )?", ""),
    (r"\bthere (?:is|are|was|were)(?: also| still)? (?:not any|not|no)\b", "no"),
    (r"\bthere (?:is|are|was|were|does|do) (?:appear to be |seem to be |also |still |going to be )?(?:some |a little bit of |a bit of )?", ""),
    (rf"\b(?:you|he|she) {_SOFT}(?:do not|does not|not) (?:have|exhibit|appear to have|seem to have)(?: any)?\b", "no"),
    (rf"\b(?:you|he|she) {_SOFT}(?:have|has|had|exhibit|exhibits|got|demonstrate) (?:got )?(?=\w)", ""),
    (r"\b(?:you|he|she) (?:are|is|were) (?=(?:\w+ ){0,2}(?:tender|alert|able|non|in |not |neuro|well|moving|negative|positive|oriented))", ""),
    (r"\A(?:your|his|her|the) (?=\w)", ""),
    (r"(?<=, )(?:your|his|her) |(?<=and )(?:your|his|her) ", ""),
    (r"\byour\b", "the"),
    (r"\b(?:a little bit of|a little bit|a bit of|kind of|some) (?=\w)", "some "),
    (r"\bno no\b|\bno any\b", "no"),
    (r"\b(?:which|that) (?:is|are) (?:good|great|what|something|normal for)\b.*\Z", ""),
    (r"\b(?:which|that) (?:we|i) .*\Z", ""),
    (r"\b(?:right )?(?:over|on|in)? ?here\b(?: in| on)?", ""),
    (r" {2,}", " "),
)  # fmt: skip  # noqa: E501


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(form, re.IGNORECASE), new) for form, new in _FORMS)


def finding_wording(text: str) -> str:
    """`text` as a finding: without the examiner and without the patient."""
    for pattern, new in _patterns():
        text = pattern.sub(new, text)
    return text.strip(" ,;:-")


_VITALS = re.compile(
    r"\b(?:vital signs?|vitals|blood pressure|heart rate|pulse(?: rate| ox\w*)?|respiratory rate|respirations|temperature"
    r"|oxygen(?: saturation)?|o2 sat\w*|saturat\w+|spo2|bmi|afebrile)\b",
    re.IGNORECASE,
)


def is_vital_sign(text: str) -> bool:
    return bool(_VITALS.search(text))
