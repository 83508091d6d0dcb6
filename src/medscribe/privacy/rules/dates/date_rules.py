"""Patterns of dates, written and spoken, each with its score; its group "id" is the date."""

from medscribe.privacy.rules.dates.date_words import (
    AND_YEAR,
    CARDINALS,
    CLEAR_MONTH,
    DATE_CUE,
    DAY,
    DAY_FIGURE,
    FEASTS,
    GAP,
    MONTH,
    MONTH_OR_MAY,
    NOT_A_DAY,
    ORDINAL,
    ORDINALS,
    SHORT_MONTH,
    SURE_MONTH,
    WEEKDAY,
    YEAR,
)
from medscribe.privacy.rules.finding import CONTEXT, DOUBTFUL, FORM, LIKELY, LISTED, SURE

_EDGE, _END = r"(?<![\w/.-])", r"(?![\w/]|[-.]\d)"
_MONTH_FIGURE, _DAY_FIGURE = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
_WEEKDAY = rf"(?:{WEEKDAY},?\s+)?"
_UNTIL = (
    rf"(?:\s*(?:-|–|to|through|until|and|or)\s*(?:the\s+)?{ORDINAL}(?![\w%]|[./]\d){NOT_A_DAY})?"
)
_NTH = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{ORDINALS}|{DAY_FIGURE})"
_NOT_THE_DAY = (
    r"(?=\s*(?:[,;?!]|\.(?!\d)|$|(?:at|or|and|to|through|around|for|with|in\s+the\s+(?:morning|"
    r"afternoon|evening)|because|when|so|but|as|works|it|i|we|he|she|they|that|if|then)\b))"
)

DATE_RULES = (
    # 03/14/1972, 14-3-1972, 1972-03-14, 3/14/72
    (FORM, rf"{_EDGE}(?P<id>{_DAY_FIGURE}([-/.]){_DAY_FIGURE}\2(?:19|20)\d\d){_END}"),
    (
        FORM,
        rf"{_EDGE}(?P<id>(?:19|20)\d\d([-/.]){_MONTH_FIGURE}\2{_DAY_FIGURE}"
        rf"(?:[T ][\d:.]{{4,12}}Z?)?){_END}",
    ),
    (LISTED, rf"{_EDGE}(?P<id>{_MONTH_FIGURE}([-/]){_DAY_FIGURE}\2\d\d){_END}"),
    (LIKELY, rf"{_EDGE}(?P<id>{_DAY_FIGURE}([-/.]){_MONTH_FIGURE}\2\d\d){_END}"),
    # "on 3/14", but "strength 5/5"; 03/2021
    (
        LISTED,
        rf"\b{DATE_CUE}(?:\s+(?:on|of|was|is|at|for|the|from)|:){{0,2}}\s+"
        rf"(?P<id>{_MONTH_FIGURE}[/-]{_DAY_FIGURE}(?:\s20-?\d\d)?)(?!\s*(?:tabs?|tablets?|pills?|cups?|strength|"
        rf"mg|days?|weeks?|months?|years?|hours?|times?|vision|scale|pain)\b){_END}",
    ),
    (LISTED, rf"{_EDGE}(?P<id>(?:0?[1-9]|1[0-2])/(?:19|20)\d\d){_END}"),
    (
        LIKELY,
        r"(?<![\w/.-])(?<!strength )(?<!vision )(?<!acuity )(?<!gcs )(?<!moca )(?<!mmse )"
        r"(?<!score )(?<!scored )(?<!scale )(?<!reflexes )(?<!pulses )(?<!grade )(?<!pain )"
        r"(?<!epworth )(?<!apgar )(?<!braden )(?<!morse )(?<!audit )"
        r"(?<!nihss )(?<!flacc )(?<!slums )(?<!edss )(?<!tinetti )(?<!berg )(?<!barthel )(?<!page )"
        r"(?P<id>(?!6/)(?:0?[1-9]|1[0-2])/(?:1[1-49]|1[78]|2\d|31|0[1-9]))"
        r"(?!\s*(?:tabs?|tablets?|pills?|cups?|inch\w*|th\b|of\b))(?![\w/]|[-.]\d)",
    ),
    # 04MAR2024, "nineteen August"
    (FORM, rf"(?<!\w)(?P<id>{_DAY_FIGURE}[\s-]?{SHORT_MONTH}[\s-]?(?:19|20)?\d\d)(?!\w)"),
    (
        LISTED,
        rf"(?<![\w.])(?<!of )(?<!page )(?P<id>(?:{_DAY_FIGURE}|{CARDINALS}),?\s+{SURE_MONTH}"
        rf"{AND_YEAR}?)(?!\w)",
    ),
    # "march third nineteen seventy two", "the 14th of May"; "you may two ..." is no date
    (CONTEXT, rf"\b(?P<id>{_WEEKDAY}{MONTH}{GAP}{DAY}{_UNTIL}{AND_YEAR}?)(?!\w)"),
    (
        CONTEXT,
        rf"\b(?P<id>{_WEEKDAY}may{GAP}{ORDINAL}(?![\w-]){NOT_A_DAY}{_UNTIL}{AND_YEAR}?)(?!\w)",
    ),
    (
        CONTEXT,
        rf"\b(?<!\d of )(?P<id>{_WEEKDAY}(?:the\s+)?{ORDINAL}(?:\s|-|,|\b(?:uh|um|day|of)\b){{1,9}}"
        rf"{MONTH_OR_MAY}{AND_YEAR}?)(?!\w)",
    ),
    (CONTEXT, rf"\b(?P<id>may{GAP}{DAY}{AND_YEAR})(?!\w)"),
    (LIKELY, rf"\b(?P<id>(?-i:May)\s+{DAY}{AND_YEAR}?)(?!\w)"),
    (CONTEXT, rf"\b(?:on|of|since|by|until|till|from|in)\s+(?P<id>may\s+{DAY}{AND_YEAR}?)(?!\w)"),
    (
        LISTED,
        rf"\b(?P<id>(?:the\s+)?(?:{ORDINALS}|\d\d?(?:st|nd|rd|th))\s+of\s+(?:last|this|next|the)\s+"
        r"(?:month|year))\b",
    ),
    (LISTED, rf"\b(?P<id>{MONTH_OR_MAY}(?:[\s,/-]+(?:of\s+|in\s+)?{YEAR})(?!\w))"),
    (LISTED, rf"\b(?P<id>{WEEKDAY},?\s+the\s+{ORDINAL})(?!\w){_NOT_THE_DAY}"),
    # a month or a day alone
    (
        SURE,
        r"\b(?P<id>(?:last\s+|this\s+(?:past\s+|coming\s+)?|next\s+|early\s+|late\s+|"
        rf"mid[\s-]?|end\s+of\s+)?{CLEAR_MONTH})(?!\w)",
    ),
    (
        SURE,
        r"\b(?:in|since|until|till|by|of|during|from|around|before|after|through|back\s+in|every|"
        r"each)\s+(?:about\s+|like\s+|the\s+)?"
        rf"(?P<id>(?:last|this|next|early|late|mid|middle\s+of|end\s+of)[\s-]+{MONTH_OR_MAY})(?!\w)",
    ),
    (
        SURE,
        r"\b(?:in|since|last|this|next|early|late|mid|until|till|by|of|during|from|back\s+in|around|"
        rf"before|after|through|past)[\s-]+(?P<id>{MONTH})(?!\w)",
    ),
    (LIKELY, rf"\b(?P<id>(?:last|this\s+past|next)\s+{MONTH})(?!\w)"),
    (DOUBTFUL, r"\b(?:in|since|last|until|by|this\s+past)\s+(?P<id>may)(?!\w)"),
    (LIKELY, rf"\b(?P<id>{MONTH_OR_MAY}(?=\s+(?:to|through|until)\s+{MONTH_OR_MAY}\b))"),
    (
        LIKELY,
        rf"\b(?:on|until|till|since|by|from|was|is)\s+(?P<id>the\s+{_NTH})(?!\w)"
        rf"{_NOT_THE_DAY}",
    ),
    (LIKELY, rf"\b(?:do|make\s+it)\s+(?P<id>the\s+{_NTH})(?!\w)(?=\s*(?:[.,;?!]|$))"),
    (LIKELY, rf"\b(?P<id>{FEASTS})(?!\w)(?!\s+disease)"),
)
"""Score and pattern, to be read in any case."""
