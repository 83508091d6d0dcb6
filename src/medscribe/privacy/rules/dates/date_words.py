"""How months, days, years and feast days are said: parts of the patterns of dates."""

MONTH = (
    r"(?:january|february|march|april|june|july|august|september|october|november|december|"
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)(?:\.(?=\s?[\d',]))?)"
)
MONTH_OR_MAY = rf"(?:{MONTH}|may)"
_FULL_MONTH = (
    r"(?:january|february|march|april|june|july|august|september|october|november|december)"
)
SURE_MONTH = rf"(?:{_FULL_MONTH}|may(?=\s*(?:[,.;?!]|$|(?:19|20)\d\d|at\b|by\b|for\b)))"
"""Months behind a day in words, where "may" could be a verb."""

SHORT_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)"
CLEAR_MONTH = r"(?:january|february|july|september|october|november|december)"
"""Months that are no other word and no given name."""

_UNIT = r"(?:one|two|three|four|five|six|seven|eight|nine)"
ORDINALS = (
    r"(?:twenty|thirty)[\s-]?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|"
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|"
    r"fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
)
CARDINALS = (
    rf"(?:twenty|thirty)[\s-]{_UNIT}|(?:oh[\s-])?{_UNIT}|ten|eleven|twelve|thirteen|fourteen|"
    r"fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty"
)
_TWO_FIGURES = (
    rf"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-]{_UNIT})?|"
    rf"(?:oh|o)[\s-]{_UNIT}|ten|eleven|twelve|\w{{2,6}}teen)"
)
LATE_YEAR = rf"(?:(?:forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-]{_UNIT})?)(?!\w)"
"""Two figures that are a year but no day: "march of seventy two"."""

FULL_YEAR = (
    rf"(?:(?:19|20)\d\d|(?:nineteen|twenty)\s+(?:hundred|{_TWO_FIGURES})|"
    rf"two\s+thousand(?:\s+(?:and\s+)?(?:{_TWO_FIGURES}|{_UNIT}))?)(?!\w)"
)
YEAR = rf"(?:{FULL_YEAR}|['’]\d\d(?!\d)|{LATE_YEAR})"

DAY_FIGURE = r"(?:0?[1-9]|[12]\d|3[01])(?:\s?(?:st|nd|rd|th))?"
NOT_A_DAY = (
    r"(?!\s*-?(?:times?|days?|weeks?|months?|years?|hours?|minutes?|seconds?|mg|milli\w+|or|to\s+"
    r"(?:two|three|four|five|six|seven|eight|ten|\d)\w*\s+\w|more|percent|%|tablets?|pills?|puffs?|"
    r"degrees|pounds|point|trials?|doses?|units?|cups?|miles|of\s+(?:them|these|those|us))\b)"
)
ORDINAL = rf"(?:{DAY_FIGURE}|{ORDINALS})"
DAY = rf"(?:{DAY_FIGURE}(?!\d|[./:]\d)|(?:{ORDINALS})|(?:{CARDINALS}))(?![\w-]){NOT_A_DAY}"
_EARLY_YEAR = (
    rf"(?:(?:oh|o)[\s-]{_UNIT}|(?:twenty|thirty)(?:[\s-]{_UNIT})?|ten|eleven|twelve|\w{{2,6}}teen)"
    r"(?=\s*(?:[.,;?!]|$|(?:and|when|i|we|he|she|they|with|for|at|so|to|that|because|but|by)\b))"
)
AND_YEAR = rf"(?:[\s,-]{{1,3}}(?:of\s+|in\s+)?(?:{YEAR}|{_EARLY_YEAR})(?!\w))"
"""A year after a day or month, with what joins them."""

WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"

FEASTS = (
    r"christmas(?:\s+(?:eve|day|morning|night))?|thanksgiving(?:\s+day)?|halloween|"
    r"new\s+year(?:'?s|s')?(?:\s+(?:eve|day))|easter(?:\s+(?:sunday|monday))?|good\s+friday|"
    r"(?:valentine'?s?|memorial|labor|labour|mother'?s|father'?s|presidents?'?s?|veterans?'?s?|"
    r"columbus|independence|groundhog|boxing|(?:st\.?|saint)\s+patrick'?s|"
    r"martin\s+luther\s+king(?:\s+jr\.?)?|mlk|canada|australia|anzac|bastille)\s+day|"
    r"juneteenth|hanukkah|chanukah|passover|yom\s+kippur|rosh\s+hashanah|diwali|ramadan|"
    r"eid(?:\s+al[\s-]\w+)?|mardi\s+gras|ash\s+wednesday|palm\s+sunday|cinco\s+de\s+mayo|"
    r"super\s+bowl\s+sunday|black\s+friday|kwanzaa|chinese\s+new\s+year|lunar\s+new\s+year"
)

GAP = r"(?:\s?,?\s{1,3}(?:(?:uh|um|er|like|the|i\s+think)\s?,?\s{1,3}){0,3})"
"""Between a month and its day."""

DATE_CUE = (
    r"(?:on|since|dated?|date\s+of\s+\w{3,10}|dos|until|till|through|thru|seen|visit(?:ed)?|admitted|hospitali[sz]ed|discharged|admission|"
    r"discharge|surgery|procedure|labs?|drawn|taken|appointment|(?:re)?scheduled\s+for|(?:moved|pushed|changed)\s+to|follow[\s-]?up|"
    r"by|from|due|began|begun|onset|colonoscopy|mammogram|mri|ct|x-?ray|scan|echo|biopsy|expires?|effective|performed|started|stopped|done)"
)
BIRTH = r"d\.?\s?o\.?\s?b\b\.?|date\s+of\s+birth|birth\s?(?:day|date)|born(?:\s+on)?"
