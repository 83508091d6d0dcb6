"""The phrases in which timing is said ("every 4 to 6 hours", "bid", "before breakfast")."""

import re
from dataclasses import dataclass
from functools import cache

NUMBER = r"(?:\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|ten|twelve)"
TO = r"\s?(?:-|to|or)\s?"
# Written sigs run words together: "bidx10 days", "tidprn".
END = r"(?=x ?\d|prn|instr|int|_|\b)"
_UNIT = rf"(?P<unit>minute|min|day|night|week|month|year|hour|hr|h|wk)s?{END}\.?"
# "20 a day" says how much, not how often: a bare number counts times only up to 6.
_TIMES = (
    rf"(?P<count>once|twice|thrice|(?:a )?couple(?= of times| times)|{NUMBER}(?= times?|x|{TO})|"
    rf"(?<![\d.])[1-6](?= )|one|two|three|four|five|six)(?:{TO}(?P<count_max>twice|{NUMBER}))?"
)
_ORDINALS = r"(?P<ordinal>other|second|third|fourth|alternate|alternating)"
# "daily life", "daily weights": what is not about taking a medicine.
_NOT_ALIKE = (
    r"(?! (?:life|basis|activit|weigh|walk|routine|living|exercis|diet|blood|log|max|dose|dosing|"
    r"limit|total|maximum))"
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_NEXT_DAY = rf"(?:,? ?(?:and |or )?(?:on )?{_WEEKDAY}(?: and)?)"
_PART_OF_DAY = r"(?: (?:morning|evening|night|afternoon)s?)?"
MEALS = r"(?: (?:each|every|your|a|an|all|some|the|evening|morning|largest|biggest|main|big|full))*"
_MEAL = r"(?:meals?|eating|you eat|food)"


@dataclass(frozen=True)
class Form:
    """A phrase. What its groups `count`, `count_max`, `period`, `period_max`, `unit` and `ordinal`
    do not say is taken from here; a group `up_to` makes the count a limit, a group `days` lists
    days of the week, each of which counts once."""

    pattern: str
    count: int | None = 1
    period: float | None = 1.0
    unit: str | None = "d"
    when: tuple[str, ...] = ()


def _event(pattern: str, when: str) -> Form:
    return Form(pattern, None, None, None, (when,))


def _three_meals(relation: str, when: str) -> Form:
    """ "before each meal": three times a day, with FHIR's code for the relation to the meal."""
    return Form(rf"\b{relation} (?:each|every|all three|all|the three)(?: \w+)? meals?\b", 3,
                when=(when,))  # fmt: skip


def _meal_events(relation: str, codes: tuple[str, str, str]) -> list[Form]:
    """ "before breakfast and dinner": one code per meal that is named."""
    names = ("breakfast", "(?:lunch|noon meal)", "(?:dinner|supper|(?:the )?evening meal)")
    named = dict(zip(names, codes, strict=True))
    then = rf"(?:,| and| or)*(?: (?:{relation}|your|the))* "
    lists = [names, (names[0], names[2]), (names[0], names[1]), (names[1], names[2])]
    lists += [(name,) for name in names]
    return [
        Form(rf"\b(?:{relation}){MEALS} {then.join(meals)}\b", None, None, None,
             tuple(named[name] for name in meals))
        for meals in lists
    ]  # fmt: skip


_FORMS = (
    Form(rf"\b(?P<up_to>up to |as many as |no more than |at most )?{_TIMES}(?: more)?(?: of)?"
         rf"(?: times?|x)?[ -]?(?:a|an|per|each|every|in a|in|"
         rf"/)[ -]?(?P<period>{NUMBER} )?{_UNIT}"),
    Form(rf"\b(?P<count>{NUMBER}){TO}(?P<count_max>{NUMBER}) times (?:daily|day){END}"),
    Form(r"\bonce nightly\b", when=("NIGHT",)),
    Form(rf"\b(?P<up_to>up to )?(?P<count>once|twice|thrice|{NUMBER}(?= times?|x))"
         rf"(?: times?|x)?[ /]?(?:daily|day){END}"),
    Form(rf"\b(?P<count>{NUMBER}) (?:days|nights|mornings|evenings) (?:a|per|each|every|out of the)"
         r" week\b", unit="wk"),
    Form(r"\b(?P<count>once|twice|three times|four times) weekly\b", unit="wk"),
    Form(r"\b(?P<count>once|twice) monthly\b", unit="mo"),
    Form(rf"\b(?:on |every |each )?(?P<days>{_WEEKDAY}{_PART_OF_DAY}{_NEXT_DAY}+)", unit="wk"),
    Form(rf"\b(?:every|each) (?P<days>{_WEEKDAY}){_PART_OF_DAY}\b", unit="wk"),
    Form(r"\bon (?P<days>(?:mon|tues|wednes|thurs|fri|satur|sun)days)\b", unit="wk"),
    Form(rf"\b(?:every|each) {_ORDINALS} (?P<unit>day|week|month|hour)s?\b"),
    Form(r"\b(?:every|each) (?P<ordinal>other|second|third) morning\b", when=("MORN",)),
    Form(r"\b(?:every|each) (?P<ordinal>other|second|third) (?:night|evening)\b",
         when=("NIGHT",)),
    Form(r"\b(?:on )?alternat(?:e|ing) days\b", period=2.0),
    Form(r"\b(?:every|each) (?:single )?(?:morning|am|a\.m\.?)(?!\w)|\bmornings\b", when=("MORN",)),
    Form(r"\b(?:every|each) (?:single )?(?:evening|pm|p\.m\.?)(?!\w)", when=("EVE",)),
    Form(r"\bat night,? (?:before|at) bed(?:time)?\b", when=("HS",)),
    Form(r"\b(?:every|each) night (?:before|at) bed(?:time)?\b|\bnightly (?:before|at) bed(?:time)?"
         r"\b", when=("HS",)),
    Form(r"\bnightly\b|\b(?:every|each) (?:single )?night\b(?! (?:before|at) bed)",
         when=("NIGHT",)),
    Form(r"(?<![\w.])q\.? ?h\.? ?s\b", when=("HS",)),
    Form(r"\bevery half hour\b", period=30.0, unit="min"),
    Form(rf"\b(?:once )?(?:every|each|q\.?)(?: single)? ?(?:(?P<period>{NUMBER})"
         rf"(?:{TO}(?P<period_max>{NUMBER}))?(?: {NUMBER})?[ -]?)?{_UNIT}"),
    Form(rf"\bq\.? ?(?P<period>2|3|4|6|8|12|24)(?:{TO}(?P<period_max>\d+))?\b(?! ?[a-z/%])",
         unit="h"),
    Form(rf"(?<![\w.])b\.? ?i\.? ?d{END}", 2),
    Form(rf"(?<![\w.])t\.? ?i\.? ?d{END}", 3),
    Form(rf"(?<![\w.])q\.? ?i\.? ?d{END}", 4),
    Form(rf"(?<![\w.])t\.?i\.?w{END}", 3, unit="wk"),
    Form(r"(?<![\w.])q\.? ?o\.? ?d\b", period=2.0),
    Form(r"(?<![\w.])q\.? ?d(?:ay)?\b|\beveryday\b"),
    Form(r"(?<![\w.])q\.? ?a\.?m\b", when=("MORN",)),
    Form(r"(?<![\w.])q\.? ?p\.?m\b", when=("EVE",)),
    Form(r"\bq\.? ?week(?:ly)?\b|\b(?:once (?:a )?)?weekly\b", unit="wk"),
    Form(r"\bevery quarter\b|\bquarterly\b", period=3.0, unit="mo"),
    Form(r"\b(?:once (?:a )?)?monthly\b", unit="mo"),
    Form(r"\b(?:once )?(?:yearly|annually)\b", unit="a"),
    Form(rf"\b(?:once )?(?:a )?daily{END}{_NOT_ALIKE}"),
    Form(r"(?<=\w) (?:a|per) day\b"),
    Form(r"(?<=\wg|\ws) (?:a|per|each) week\b", unit="wk"),
    Form(r"\b(?:(?:an?|one|half an|\d+) (?:hour|minute)s? (?:before|prior to) (?:(?:you )?(?:go|"
         r"going) to )?|right before |just before |at |before |prior to |every |with |and |to )"
         r"(?:your )?(?:bed ?time(?=x ?\d|)|(?:going to )?bed|(?:you )?(?:go|going) to (?:bed|"
         r"sleep))\b",
         when=("HS",)),
    _three_meals("before", "AC"),
    _three_meals("after", "PC"),
    _three_meals("with", "C"),
    _event(r"\b(?:first thing )?in the (?:mornings?|am|a\.m\.?)(?!\w)|\bfirst thing in the day\b|"
           r"\b(?:(?:at|around) )?\d{1,2}(?::\d\d)? ?(?:am|a\.m\.?)(?!\w)|"
           r"\bmorning(?= and (?:at )?(?:"
           r"night|evening|bed|afternoon))|\bonce in am\b|\bam(?= and (?:in the )?pm)", "MORN"),
    _event(r"\bin the afternoons?\b|\bat noon\b|\bmidday\b|\bmid-?afternoon\b|(?<=and )afternoon\b",
           "AFT"),
    _event(r"\b(?:in the|at|in) (?:evenings?|pm|p\.m\.?)(?!\w)|(?<=and )(?:evening|pm)\b|"
           r"\b(?:and )?(?:at |around )?[4-8](?::\d\d)? ?(?:pm|p\.m\.?)(?!\w)", "EVE"),
    _event(r"\b(?:at|every) night(?:time)?\b|(?<=and )(?:night|nighttime)\b|"
           r"\b(?:and )?(?:at |around )?(?:9|10|11)(?::\d\d)? ?(?:pm|p\.m\.?)(?!\w)", "NIGHT"),
    *_meal_events("before|prior to|ahead of", ("ACM", "ACD", "ACV")),
    *_meal_events("after|following", ("PCM", "PCD", "PCV")),
    *_meal_events("with|at|around", ("CM", "CD", "CV")),
    _event(rf"\b(?:before|prior to){MEALS} {_MEAL}\b|(?<=[bt]id )a\.?c\b|\bon an empty stomach\b",
           "AC"),
    _event(rf"\bafter{MEALS} {_MEAL}\b", "PC"),
    _event(rf"\bwith{MEALS} (?:meals?|food)\b|\bat meal ?times?\b", "C"),
)  # fmt: skip


@cache
def patterns() -> tuple[tuple[re.Pattern[str], Form], ...]:
    """The forms in order; where two overlap in a text, the earlier one counts."""
    return tuple((re.compile(form.pattern, re.IGNORECASE), form) for form in _FORMS)
