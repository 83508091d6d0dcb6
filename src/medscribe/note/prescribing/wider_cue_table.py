"""Classes of verbs that decide about a medicine or about "it", as patterns.

Read only where the closer patterns (`cue_table`, `after_cues`, `reference_cues`) find nothing:
"ditch", "park", "carry on with", "bump", "pop you on". A verb counts only where somebody tells what
to do: at the start of a clause, after "let us", "I will", "I would like you to".
"""

from typing import NamedTuple

from medscribe.domain.medication import OrderAction

START, STOP, HOLD, CONTINUE, CHANGE = (
    OrderAction.START,
    OrderAction.STOP,
    OrderAction.HOLD,
    OrderAction.CONTINUE,
    OrderAction.CHANGE,
)
SLOT = "\N{LATIN SMALL LETTER Z WITH STROKE}"
"""Stands for the medicine's name in the text that is read."""
_ENDS = (
    r"(?=\W*\Z| ?[.,;:!?]|\s(?:to|for|at|on|up|down|until|till|today|now|then|too|as|again|"
    r"going|off|"
    r"and|so|but|because|since|alone|completely|altogether|entirely|instead|any ?more|every|once|"
    r"twice|\d|out|by|from|back|aside|over|where|there|just|exactly|is|has|needs|can|should|will|"
    r"while|if|when|a (?:day|go|rest|break|miss|bit|little|notch)|in (?:half|place|the)|please|"
    r"while|also|as well|be|running|steady)\b)"
)
IT = (
    rf"(?:it|that one|this one|that stuff|that|this|them|those|these|the (?:same|dose|"
    rf"medication)){_ENDS}"
)
_OBJECT = (
    rf"(?:(?:(?:the|your|that|this|his|her|any|all|both|of|on|our|a|an|some|dose|low|"
    rf"little|more|new|old|bit|daily|nightly|morning|evening|usual|regular|same|current|dose "
    rf"of) )*"
    rf"(?:\w+ )?{SLOT}|(?:(?:any|all|both|more|some|much) )?(?:of )?{IT})"
)
LEAD = (
    r"(?:\A\W*|[,;:.] ?|\b(?:and|then|so|but|to|us|will|please|would|should|can|must|gonna|going|"
    r"okay|well|let me|just|rather|shall|now|need|i am|we are|you are|am|are|better|time|"
    r"keen on|in favou?r of|be|today|have you|get you|instead|start|keep|"
    r"plan is|alright|right|yes|yeah|sure|no|do) )(?:(?:also|just|probably|simply|actually|"
    r"then|now|really|still|"
    r"definitely|all|maybe|gently|slowly|gradually|quickly|certainly|only|have you|get you|"
    r"go ahead and|want you to|you to|be|like to) )*"
)
_ING = r"(?:e|ing|ping|ting|ning|ding)?"


def _verbs(*stems: str) -> str:
    return "(?:" + "|".join(stems) + ")"


class WiderRow(NamedTuple):
    """`led`: the pattern counts only after words that tell what to do (`LEAD`)."""

    action: OrderAction
    pattern: str
    led: bool = True


_UP_OR_DOWN = (
    r"(?:up|down|back|higher|lower|in half|off a (?:bit|little|touch)|to (?:\d|half|"
    r"once|twice|a|every|about))"
)
# Earlier rows win.
WIDER_ROWS: tuple[WiderRow, ...] = (
    # Told in other words than "do it".
    WiderRow(STOP, rf"\b(?:rather|prefer|like)(?: that| if)? you (?:did not|do not|not|stopped|"
             rf"avoided|came off)(?: \w+){{0,2}} {_OBJECT}|"
             rf"\b(?:want|like|need) {_OBJECT} (?:gone|stopped|out|off|discontinued)\b|"
             rf"\b(?:that|this|it|{SLOT}|one) (?:is|are) (?:coming to an end|at an end|ending)|"
             rf"\b(?:stop|quit) (?:bothering|messing|fooling) (?:with|about) {_OBJECT}", led=False),
    WiderRow(HOLD, rf"(?:interrupt(?:ing)?|tak(?:e|ing) (?:\w+ ){{1,4}}off (?:from |of )?) "
                   rf"?{_OBJECT}|"
             rf"(?:want|like|need)(?:ing)? {_OBJECT} (?:held|paused|on hold)\b"),
    WiderRow(CHANGE, rf"(?:switch|mov|chang|shift|swap)(?:e|ing|ping)? {_OBJECT} (?:over )"
                     rf"?(?:to|into) (?:the )?"
             r"(?:evening|morning|night|bed|afternoon|lunch|noon|breakfast|dinner|supper|every|"
             r"once|"
             r"twice|three|half|\d|as needed)"),
    WiderRow(CHANGE, r"\b(?:higher|lower|bigger|smaller|stronger|increased|reduced) (?:dose|"
                     r"strength) "
             rf"(?:of|on) {_OBJECT}|{SLOT}[^.;]{{0,40}}\b(?:instead of|rather than) (?:the )?"
             r"(?:\d|once|twice|half|one|two)\b", led=False),
    WiderRow(CONTINUE, r"\b(?:not|never) (?:\w+ ){0,3}rock the boat|\bleav(?:e|ing) well "
                       r"(?:enough )?"
             r"alone\b", led=False),
    WiderRow(START, rf"see (?:if|whether|how) {_OBJECT} (?:helps|works|does|goes|suits)"),
    WiderRow(START, rf"\b(?:is|are|'s|one) called {_OBJECT}", led=False),
    # Not touched, left, kept.
    WiderRow(CONTINUE, r"\b(?:not|never|no need to|nothing to|without|no reason to|rather not|"
                   r"leave off)"
         r" (?:\w+ )?(?:touch|chang|stop|skip|miss|paus|quit|drop|mess|tinker|fiddl|adjust|alter|"
         r"tweak|increas|lower|com(?:e|ing) off|giv(?:e|ing) up|mov(?:e|ing))\w*(?: (?:with|"
         r"about|around|taking|any of|a dose of|doses of))*"
         rf" {_OBJECT}", led=False),
    WiderRow(CONTINUE, rf"(?:leav|keep|let)\w* {_OBJECT} (?:be\b|alone|as (?:it|they|is|you|we)"
                       rf"|in "
                   rf"place|"
         r"where|there|on board|untouched|unchanged|the same|exactly|just|at|going|running|"
         r"on(?=\W*\Z|[.,;] | the (?:list|same))|"
         r"steady|ticking|put)"),
    WiderRow(HOLD, rf"(?:{IT}|{SLOT})[^.;]{{0,25}}? you (?:can |will |should |just |also |both |"
               rf"then )*"
         r"(?:pause|hold|skip|park|omit|leave out)\b|"
         r"\blast dose\b.{0,40}\b(?:before|prior)\b", led=False),
    WiderRow(STOP, rf"(?:{SLOT}|that one|those|both)[^.;]{{0,25}}? you (?:can |will |should |"
                   rf"just |"
               rf"also |both |then )*"
         r"(?:stop|drop|ditch|bin|quit|come off|lose|leave off)\b", led=False),
    WiderRow(CONTINUE, rf"(?:{SLOT}|that one|those|both)[^.;]{{0,25}}? you (?:can |will |should |"
                   rf"just |also |both |then )*"
         r"(?:keep|continue|carry on|stay on|stick with|hang on to)\b|\b(?:carry(?:ing)? on|"
         r"stick(?:ing)?|"
         rf"stay(?:ing)?|keep(?:ing)? (?:going|on)) (?:with|on|taking) {_OBJECT}", led=False),
    WiderRow(HOLD, rf"(?:leav|miss)\w* {_OBJECT} out\b"),
    WiderRow(STOP, rf"(?:leav|keep|stay)\w* (?:{_OBJECT} off|off (?:of )?{_OBJECT})"),
    WiderRow(HOLD, _verbs("hold", "paus", "suspend", "park", "shelv", "freez", "sit on", "sit out",
                      "sitting on", "withhold", "omit", "skip", "stand down", "lay off",
                      "leav(?:e|ing) out", "miss out",
                      r"(?:press|hit|push|put|pressing|hitting)(?: the)? (?:a )?(?:pause|hold|"
                      r"stop|pause button) on",
                      r"(?:tak|hav)(?:e|ing) (?:a|an) (?:\w+ )?(?:break|holiday|vacation|"
                      r"breather|rest|pause) "
                      r"(?:from|off(?: of)?)", r"go(?:ing)? without")
         + rf"{_ING}(?: off(?: on)?| on| taking| giving| with)* {_OBJECT}(?! steady)"),
    WiderRow(HOLD, rf"(?:giv|put|plac|set|hav)(?:e|t?ing)? {_OBJECT} (?:a (?:rest|break|miss|"
               rf"holiday)|on (?:hold|"
         r"pause|ice|the (?:shelf|back burner))|to one side|aside)"),
    WiderRow(CHANGE, _verbs("bump", "boost", "nudg", "ramp", "crank", "dial", "turn", "tak",
        "bring",
        "mov",
                        "push", "pull", "knock", "cut", "drop", "back", "eas", "step", "scal",
            "trim",
                        "tweak", "adjust", "chang", "get", "titrat", "tapering?", "wean", "wind",
            "go",
                        "shift", "tak", "lift", "rais", "kick", "put", "work", "inch", "creep",
            "space", "spread", "stretch",
                        "divid", "split", "advanc", "increas", "reduc", "lower", "mak", "switch")
         + rf"{_ING} (?:the dose (?:of|on) )?{_OBJECT}(?: dose)? (?:\w+ )?(?:{_UP_OR_DOWN}|"
           rf"out\b|from \d)"),
    WiderRow(START, rf"(?:go|get|com)(?:e|t?ing)? back (?:on(?:to)?|to) {_OBJECT}"),
    WiderRow(CHANGE, _verbs("bump", "dial", "step", "ramp", "crank", "scal", "back", "eas", "cut",
        "pull", "turn", "wind",
                        "go", "com", "mov", "push", "knock", "tak", "bring", "creep", "inch",
            "head", "work")
         + r"(?:e|p|s)?(?:ing)? (?:(?:your|the) (?:dose|way) )?(?:up|down|back|off|higher|"
           r"lower)(?: (?:a|little|bit|notch|touch|gently|slowly|again|"
         rf"to|on|with|of|the|your|dose|some|one|step|from|by))* (?:{_OBJECT}|\d|half|once|"
         rf"twice|every)"),
    WiderRow(CHANGE, rf"(?:want|like|get|have|put|need)(?:ing|ting)? {_OBJECT} (?:up |down )"
                     rf"?(?:at|"
                 rf"to) (?:a |about )?(?=\d)|"
         rf"(?:split|divid)(?:e|ing|ting)? {_OBJECT}|mak(?:e|ing) {_OBJECT} (?:a |an )?(?:\d|"
         rf"once|twice|"
         r"half|three|every|nightly|daily)"),
    WiderRow(CHANGE, _verbs("increas", "rais", "boost", "doubl", "tripl", "halv", "lower", "reduc",
        "decreas",
                        "trim", "tweak", "adjust", "titrat", "escalat", "advanc", "maximi[sz]",
            "max out",
                        "up", "nudg", "shorten", "lighten", "cut", "drop", "taper", "spac",
            "stretch(?:ing)? out")
         + rf"{_ING} (?:the dose (?:of|on) |back (?:on )?|down (?:on )?)?{_OBJECT}(?: dose)"
           rf"?(?:,? (?:to|by|from|down|up) |\W*\Z|(?= (?:a|\w+ly)\b))"),
    WiderRow(CHANGE, rf"\b(?:want|like|need) {_OBJECT} (?:up |down )?(?:at|to be) (?:a |about )"
                     rf"?(?=\d)",
             led=False),
    WiderRow(CHANGE, r"\b(?:next step (?:up|down)|step (?:up|down) to|new dose|the dose (?:is "
                 r"going|goes|will go|needs to go|"
         r"becomes|will be)|(?:up|down) to \d[\d.,]* ?(?:mg|mcg|units?)|from \d[\d.,]* ?(?:mg|"
         r"mcg|units?)? ?(?:up |down )?to \d|"
         rf"{SLOT}(?: dose)?(?: is)? (?:\w+ )?(?:goes|going|moves|moving|comes|coming|drops|"
         rf"dropping|steps|heads)"
         r" (?:up|down|to \d|back|from))", led=False),
    WiderRow(CHANGE, r"(?:go|move|jump|step|drop|switch|come|head)(?:p?ing)? (?:up |down |back |"
                 r"straight )*to (?:the |a )?(?:\d|half|once|twice|every|"
         r"three times|a (?:higher|lower|bigger|smaller|stronger|weaker)|full|next)"),
    WiderRow(STOP, r"(?:trad|swap|exchang|switch|replac|substitut|chang)(?:e|ing|ping)? (?:out )?"
         rf"{_OBJECT} (?:out )?(?:for|with|over to|to (?=[a-z]))"),
    WiderRow(STOP, _verbs("stop", "quit", "drop", "ditch", "los", "kill", "scrap", "ax", "nix",
        "bin",
        "chuck", "toss",
                      "dump", "discontinu", "ceas", "eliminat", "remov", "retir", "cancel",
            "abandon", "pull",
                      "yank", r"(?:get|getting) rid of", r"do(?:ing)? away with", r"part(?:ing)"
            r"?(?: ways)? with",
                      r"(?:say|saying|wave|waving) (?:goodbye|good-?bye|bye) to", r"giv(?:e|"
            r"ing) up(?: on)?",
                      r"(?:com|tak|get|go|wean|taper|eas|mov|stay)(?:e|ing|t?ing)?(?: (?:you|"
                      r"him|her))? (?:right |completely |slowly |all the way )?"
                      r"(?:off|away from)(?: of)?",
                      r"let(?:ting)? go of", r"(?:be |are |is )?(?:done|finished|through) "
            r"(?:with|taking)",
                      r"walk(?:ing)? away from", r"throw(?:ing)? (?:out|away)", r"phas(?:e|ing)"
            r" out",
                      r"cut(?:ting)? out", r"tak(?:e|ing) away", r"cross(?:ing)? (?:out|off)",
            r"knock(?:ing)? off",
                      r"call(?:ing)? (?:it quits|time) on", r"pull(?:ing)? the plug on", "end")
         + rf"{_ING}(?: (?:taking|using|with|you|the use of|altogether|on))* {_OBJECT}"),
    WiderRow(STOP, rf"knock(?:ing)? {_OBJECT} on the head"),
    WiderRow(STOP, rf"(?:tak|throw|cut|phas|cross|toss|knock|chuck|wean)(?:e|ing)? {_OBJECT} "
               rf"(?:out|off|away)\b"),
    WiderRow(STOP, rf"\b(?:that one|this one|{SLOT})(?: is| are|'s) (?:going away|going\W*\Z|"
                   rf"on its "
               rf"its way out)|"
         rf"\b{_OBJECT} (?:has|have|needs?|ought|is|are|can|should|will|may|is going|is gonna|"
         rf"must|had better)"
         r"(?: (?:got|now|just|definitely|probably|also|both|all))*(?: to| better)?(?: be)? "
         r"(?:go\b(?=\W*\Z|[.,;]| (?:now|today|completely|altogether|entirely|too|as well|for good|"
         r"away|first|then|because|since|i|and|so|please)\b)|stop\w*|"
         r"com(?:e|ing) off|end|out\b(?! (?:of (?:stock|pocket|network|date)|there))|"
         r"gone|finished|history|over\b(?! the)|done(?! (?:well|wonders|"
         r"great))|off the (?:list|table|menu)|"
         r"dropped|ditched|scrapped|discontinued|leave)", led=False),
    WiderRow(STOP, rf"\b(?:no more|no further|enough of|that is it for|that is the end of|the "
                   rf"last "
               rf"of|goodbye to|bye to|"
         rf"i want you off|like you off|you off of|have you off|no longer want you (?:on|"
         rf"taking)|do not want you (?:on|taking|using)|"
         r"(?:do|does) not (?:belong|need to be) on|no (?:reason|point|sense)(?: (?:in|to|for "
         r"you to))? (?:be|stay|keep|tak|continu|carry)\w*"
         rf"(?: (?:on|taking|with|you|on with|being))*) {_OBJECT}", led=False),
    WiderRow(CONTINUE, _verbs("continu", "keep(?:ing)? (?:on |up |going )?(?:with|on|taking|"
            "using)?",
        "carry(?:ing)? on(?: with| on| taking)?",
                          r"stay(?:ing)?(?: put)? (?:on|with|at)", r"stick(?:ing)? (?:with|to|"
            r"by|at)",
                          r"remain(?:ing)? on", "maintain", "persist with", "persever(?:e|ing) "
            "with",
                          r"(?:go|press|push|march|soldier|plod|crack|plug|keep)(?:ing)? (?:on|"
                          r"along|ahead|away|going) (?:with|on)",
                          r"hang(?:ing)? on(?:to| to)", r"hold(?:ing)? on to", r"hold(?:ing)? "
            r"steady (?:on|with|at)",
                          "refill", "renew", "re-?order", "re-?issu", "re-?prescrib",
            r"top(?:ping)?(?: you)? up(?: on| with| your)?",
                          r"stay(?:ing)? the course (?:on|with)", r"finish(?:ing)?(?: up| off| "
            r"out)?", "complet",
                          r"see(?:ing)? (?:out|through)", "preserv", "extend", "keep")
         + rf"{_ING} {_OBJECT}"),
    WiderRow(CONTINUE, rf"\b(?:same {SLOT}|same (?:dose|amount|strength|again|schedule|routine|"
                   rf"regimen|as (?:before|usual|always|ever|you))|"
         r"(?:another|more|a few more|extra) (?:month|bottle|script|supply|prescription|round|"
         r"refills?|pack|box|90 days|30 days)s? of|"
         rf"(?:on|as a) repeat|{SLOT}(?: just)? (?:stays|remains|carries on|continues|keeps)|"
         r"(?:no|without|not any|zero) (?:need for )?(?:changes?|adjustments?) (?:to|in|with|"
         r"on|for|there|needed)|"
         r"refills? (?:on|for|of)|(?:happy|pleased|content|fine|good) (?:for you to (?:stay|"
         r"keep|continue|carry on)|to (?:continue|keep|leave|carry on)))"
         r"", led=False),
    WiderRow(CONTINUE, r"(?:stay(?:ing)? (?:there|put|right there|the course|where you are)|"
                   r"keep(?:ing)? (?:at it|it up|"
         r"doing (?:that|it|so|what)|right on)|leav(?:e|ing) well alone|carry(?:ing)? (?:right "
         r")?on\W*\Z|"
         r"keep(?:ing)? going\W*\Z)"),
    WiderRow(START, r"(?:put|pop|plac|get|start|stick|set|hav|fix|hook|sort|try|begin|initiat|"
                r"launch|kick|bring|transition|switch|mov|mak)(?:e|t?ting|ing)?(?: (?:you|him|"
                r"her))"
         r"(?: (?:back|up|over|off|out|going|started|begin|try|taking|use|start|take|sorted))*"
         rf"(?: (?:on|onto|with|to|in))? {_OBJECT}"),
    WiderRow(START, _verbs("start", "begin", "try", "trial", "add", "prescrib", "order", "introduc",
        "initiat", "launch",
                       "opt for", "opting for", r"go(?:ing)? (?:with|for|on|back on|ahead with)",
            "reach for", "turn to",
                       r"call(?:ing)? (?:in|out)", r"send(?:ing)?(?: (?:in|over|off|you|out|"
            r"across|home))*(?: with)?", r"sent (?:in|over)",
                       r"giv(?:e|ing)(?: (?:you|him|her|it a go with|a go to))?", r"writ(?:e|"
            r"ing)(?: (?:you|him|her|up|out))?(?: for| a script for)?",
                       r"(?:cover|treat|hit|tackle|manage|help|calm|settl|zap|knock)(?:e|ing)? "
                       r"(?:you|it|this|that|things|him|her)(?: \w+)? with",
                       "us(?:e|ing)", "do", r"eas(?:e|ing)(?: you)? in(?:to)?(?: with)?",
            r"load(?:ing)?(?: you)?(?: up)? (?:on|with)", r"build(?:ing)?(?: you)? up on",
            "kick off", "kick off with", r"lay(?:er|ering) (?:in|on)", r"throw(?:ing)? in",
            r"bring(?:ing)? (?:in|on)",
                       r"swap(?:ping)?(?: you)?(?: over)? (?:to|in)", r"switch(?:ing)?(?: you)"
            r"?(?: over)? to", r"mov(?:e|ing)(?: you)?(?: over)? (?:to|onto)",
                       r"combin(?:e|ing)(?: \w+){1,6} into", "resum", "restart", "reintroduc",
            "recommend", "suggest", "advis",
                       r"pick(?:ing)? up", "grab", "get", r"dispens", "administer")
         + rf"{_ING} (?:in |on |back |out |off |with )?{_OBJECT}"),
    WiderRow(START, r"\b(?:that|this|it)(?: one)? is (?:a )?(?:brand )?new\b|\b(?:want|like|need|"
                r"get|put|try) "
         r"you (?:up )?(?:on|at|taking) (?:a |about )?(?=\d)|\byou (?:really )?(?:need|require|"
         r"ought to be on|should be on) "
         rf"(?:a |about )?(?=\d)|\b(?:calls? for|what you need is|the (?:drug|medicine|one|"
         rf"answer|choice|treatment|"
         rf"best one|next step|fix)(?: here)? (?:is|would be|will be)|best (?:bet|option) is|i "
         rf"would use|"
         rf"the treatment for (?:this|that|it) is|you (?:are going|will) (?:be )?(?:home |"
         rf"leav\w+ )?(?:on|with)) {_OBJECT}", led=False),
    WiderRow(START, rf"\b(?:combin(?:e|ing)(?: \w+){{1,7}} into {_OBJECT}|(?:it is|they are|this "
                rf"is|that is|one is|one's|something|one|a (?:drug|pill|medicine|medication|"
                rf"tablet|cream|shot|spray))"
         rf" called {_OBJECT}|(?:qualif\w+ for|a (?:short |quick |little )?(?:course|trial|go|"
         rf"script|prescription) (?:of|for|on)|"
         rf"(?:i|we) (?:want|would like|need|am putting|am starting|am giving) you (?:on|to "
         rf"(?:be on|have|take|use|try|start))) {_OBJECT})", led=False),
)  # fmt: skip
