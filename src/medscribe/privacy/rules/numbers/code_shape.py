"""A run of letters and figures -> whether it has the shape of an identifier without announcement.

Record numbers, plates and badges mix letters with many figures or are told digit by digit; so are
few things of medicine, and those are excepted: spinal levels, obstetric and tumour formulas,
measurements with their short names, lists of readings.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from medscribe.privacy.rules.numbers.digit_runs import Piece, Run
from medscribe.privacy.rules.numbers.digit_words import ALPHABET, VALUES
from medscribe.privacy.rules.word_list import Flag, flags

_SHORT_NAMES = (
    "qtc qt pr qrs ldh cea afp hiv hpv hsv cpk ck bnp probnp hcg anc alc abi ahi dlco fev fvc pef "
    "lvef ebl uop ivf ns lr sq asa phq gad mmse moca nyha rr sbp dbp map sao spo spf tpn icu er "
    "or cpt icd ndc hcpcs cd ca her fsh lh dhea tibc ana rf ige iga igg igm mri ct pet ecg ekg "
    "bid tid qid qhs prn po iv im sc mph kcal cal am pm ft in oz yo wk wks mo mos hrs hr min sec "
    "mmhg bpm mcg iu meq nyse nct pmid isbn dsm bp fio peep tv vt pco pao hba hgb tsh covid sars "
    "mrsa vre loinc snomed rxnorm dna rna ph la ra ma usa uk us ii iii iv vi vii apgar od os ou"
)
_MEASURES = frozenset(_SHORT_NAMES.split()) | VALUES
"""Short names of measurements, units, scales and code systems beside figures."""


_MANY = 5
"""Figures beside which two letters are no short name of a measurement."""


def is_value_list(groups: Sequence[str]) -> bool:
    """Whether all can be readings told one after another: "one twelve one forty eight two oh one".

    Each is between 20 and 400: two figures said as one, a hundred and two figures, or "two oh one".
    """
    at = values = tens = 0
    while at < len(groups):
        rest = groups[at : at + 3]
        hundred = rest[0] in ("1", "2", "3") and len(rest) > 1
        if hundred and len(rest[1]) == 2 and rest[1] != "00":
            at, tens = at + 2, tens + 1
        elif hundred and len(rest) > 2 and rest[1] in ("0", "00") and len(rest[2]) <= 2:
            at += 3
            tens += len(rest[2]) == 2
        elif hundred and rest[1] == "00":
            at += 2
        elif len(rest[0]) == 2 and rest[0][0] != "0":
            at, tens = at + 1, tens + 1
        else:
            return False
        values += 1
    return values >= 2 and 2 * tens >= values


def counts(run: Run) -> bool:
    """Whether somebody counts or steps: "one, two, three", "93, 86, 79"."""
    values = [int(group) for group in run.groups if group.isdigit()]
    steps = [after - before for before, after in pairwise(values)]
    if len(steps) < 2:
        return False
    up, down = (sum(step in way for step in steps) for way in ((1, 2), (-1, -2)))
    even = len(set(steps)) == 1 and steps[0] != 0
    sevens = sum(step == -7 for step in steps)
    return even or 3 * max(up, down, sevens) > 2 * len(steps)


def looks_like_code(run: Run) -> bool:
    """Whether letters and figures of `run` are a code: two letters or many figures."""
    letters = [piece for piece in run.pieces if not piece.value.isdigit()]
    if not letters or any(_is_medical(piece) for piece in letters) or is_formula(run.value):
        return False
    count = len(run.value) - run.digits
    if any(piece.value.strip("0") == "" and len(piece.value) > 1 for piece in run.pieces):
        return False  # "b six one hundred"
    singles = [group for group in run.groups if group.isdigit()]
    told = all(len(group) == 1 for group in singles) or (
        not any(piece.spoken for piece in run.pieces if piece.value.isdigit())
    )
    if count >= 2:
        return (run.digits >= 3 and len(run.value) >= 6 and told) or run.digits >= 5
    return run.digits >= 6 or (run.digits >= 5 and told)


def _is_medical(piece: Piece) -> bool:
    """Whether letters of a code are the short name of a measurement, or a plain clinical word."""
    if _variant().fullmatch(piece.value):
        return True
    word = "".join(filter(str.isalpha, piece.value.lower()))
    return len(word) > 1 and (word in _MEASURES or Flag.CLINICAL in flags(word))


def is_formula(value: str) -> bool:
    """Whether letters and figures are a term of medicine: "C5C6", "G3P2", "76QTC440"."""
    value = value.replace("-", "")
    if _formula().match(value) or _measure_at_end().search(value):
        return True
    few = sum(map(str.isdigit, value)) < _MANY
    return any(
        len(letters) > 2 - few and letters.lower() in _MEASURES
        for letters in _letters().findall(value)
    )


def is_exercise(text: str) -> bool:
    """Whether a turn asks to say digits again, as tests of memory and attention do."""
    return _exercise().search(text) is not None


def is_value_before(text: str, start: int) -> bool:
    """Whether the words before `start` announce a measurement or a public code: "cpt", "sugars"."""
    before = text[max(0, start - 60) : start]
    return bool(_other_number_before().search(before) or _public_code_before().search(before))


def only_code_word(run: Run, text: str) -> bool:
    """Whether the only letter is a word: "november", "golf"; not "d as in dog"."""
    letters = [piece for piece in run.pieces if not piece.value.isdigit()]
    return len(letters) == 1 and text[letters[0].start : letters[0].end].lower() in ALPHABET


@cache
def _variant() -> re.Pattern[str]:
    """Variants of genes and proteins: "V617F", "G1691A"."""
    return re.compile(r"[A-Z]\d{2,5}[A-Z]")


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(r"[A-Z]+")


@cache
def _measure_at_end() -> re.Pattern[str]:
    return re.compile(r"\d(?:AM|PM|MG|MCG|ML|KG|LBS?|BPM|MMHG|HZ|KCAL|IU|MEQ|CM|MM|BID|TID|QID)$")


@cache
def _formula() -> re.Pattern[str]:
    """Spinal levels, gravida and para, tumour stages, haemoglobin, leads, vitamins, gases."""
    return re.compile(
        r"(?:\d{0,2}[1-4]\dW\dD|CHA2?DS|(?:[CTLS](?:1[0-2]|\d)){2,}$|G\d{1,2}P\d|[PCY]{0,2}T[0-4][A-D]?N\d|A1C|HBA1C|B12|B6|D3|D2|"
        r"C[34]\d|T[34]\d|CO2|O2|H[12]\d?$|V[1-6](?:V\d)+|Q\d{1,2}H|[ACGT]\d{3,5}[ACGT]$|P\d{2}$|CD\d|"
        r"CA(?:19|125|15|27)|HER2|CYP\d|FEV1|PHQ|GAD|COVID|SARS|ICD|CPT|II|EF\d|X\d{1,2}$)"
    )


@cache
def _exercise() -> re.Pattern[str]:
    digits = r"(?:these|this|them|the\s+(?:numbers|digits|words)|(?:three|four|five|six)\s+\w{4,8})"
    return re.compile(
        rf"\b(?:(?:repeat|remember|recall)\s+(?:after\s+me|{digits})|backwards?\b|digit\s+span|"
        r"serial\s+(?:sevens|threes|7'?s|3'?s)|by\s+(?:sevens|threes)|count(?:ing)?\s+(?:back|down))",
        re.IGNORECASE,
    )


@cache
def _other_number_before() -> re.Pattern[str]:
    """Codes of procedures and drugs, and measurements that reach five figures."""
    return re.compile(
        r"\b(?:cpt|icd|hcpcs|ndc|loinc|snomed|rxnorm|rxcui|nct|doi|pmid|isbn|modifiers?|wbc|white\s+"
        r"(?:blood\s+)?(?:cells?|count)|platelets?|plt|count|viral\s+load|ferritin|bnp|ck|cpk|hcg|"
        r"troponin|lipase|ldh|ige|cd4|titer|procedure\s+codes?|diagnosis\s+codes?|codes|year|years|"
        r"suite|highway|route|section|version|chapter|steps|strength|reflexes|pulses|score[ds]?|"
        r"grade|gauge|size|apgars?|sugars?|glucose|inrs?|a1cs?|psas?|tsh|creatinines?|potassiums?|h[ae]moglobins?|levels?|values?|readings?|weights?|temps?|temperatures?|rates?|sats?|pressures?|fingersticks?|weighs?)\b"
        r"(?:\s+codes?)?[\s:#,]{0,3}(?:(?:is|was|were|of|at|and|are|about|around|like)\s+){0,2}$",
        re.IGNORECASE,
    )


@cache
def _public_code_before() -> re.Pattern[str]:
    """Codes of procedures, diagnoses and drugs, several of them behind one name."""
    return re.compile(
        r"\b(?i:cpt|icd(?:-?\d+)?|hcpcs|loinc|ndc|rxnorm|snomed|modifiers?)\b(?:[A-Z\d\s,;:.#-]|and\b|or\b){0,50}$"
    )
