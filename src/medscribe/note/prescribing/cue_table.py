"""The verbs that decide about a medicine, as patterns over the words before its name."""

import re
from functools import cache
from typing import NamedTuple

from medscribe.domain.medication import OrderAction

START, STOP, HOLD, CONTINUE, CHANGE = (
    OrderAction.START,
    OrderAction.STOP,
    OrderAction.HOLD,
    OrderAction.CONTINUE,
    OrderAction.CHANGE,
)


class Cue(NamedTuple):
    """Words that decide. `weak`, `advice` as in `Decision`; `use`: they tell how to take it, so
    that an "if" behind them says when; `withdraws`: they take back what was said of it; `after`:
    they count only where this pattern matches the words after the drug ("cut the prednisone
    back")."""

    pattern: str
    action: OrderAction
    weak: bool = False
    advice: bool = False
    use: bool = False
    withdraws: bool = False
    after: str | None = None


_YOU = r"(?:you|him|her|them)"
_WILL = (
    r"(?:will|going to|want to|wanted to|would like to|like to|let us|let's|can|should|"
    r"go ahead and|plan to|need to|gonna|may|might|could|would|please|have to|okay to|fine to|"
    r"must|to|and|just|also|then|rather|why do not (?:we|i)|how about (?:we|i)|i would)"
)
_ASKED = (
    rf"(?:(?:want|like|rather(?: that)?|need|have|going to have|ask|tell|told|advise|"
    rf"encourage|wants|get) {_YOU} "
    r"(?:to )?(?:also |just |still |then |keep |try |be )?|(?:you|he|she) (?:can|should|will|may|"
    r"must|could|need to|are going to|is going to|want to|have to|are to|would)(?: also| just| "
    r"still| then| try| be)* )"
)
_ORDERED = (
    r"(?:\bplease |\bgo ahead and |(?:\A\W*|[;,.]\s|\bthen\s|\band\s)(?:(?:so|and|then|okay|um|"
    r"uh|just|now|well|also|or|yes|yeah|no|for \w+|go ahead and|great|good|alright|all right)"
    r"[\s,]+)*)"
)
_TAKE = (
    r"(?:take|use|apply|inject|inhale|put|put on|insert|chew|spray|rub|swallow|place|mix|dissolve|"
    r"drink|dab|massage|smear|sprinkle|spread|stick on)"
)
_TAKING = r"(?:taking|using|applying|injecting)"
_NOT_TAKE = r"(?! it easy| care| a (?:look|break)| note| into account| (?:\w+ ){0,2}off\b)"
_AS_IT_IS = r"\A[^.,]{0,25}\b(?:alone|the same|as (?:it )?is|where|at|there|unchanged|be)\b"
_MOVED = (
    r"(?:\A(?: (?:dose|dosage|a|little|bit|slowly|gradually|all|the|way|right|just))*? ?"
    r"(?:back|down|up)\b(?!load)|\A(?: \w+){0,2}? in half\b|\A (?:\w+ )?to (?:a |about )?\d)"
)
# Later entries win where two cues end at the same place; the cue nearest to the drug decides.
CUES: tuple[Cue, ...] = (
    Cue(rf"(?:{_ASKED}(?:{_TAKE}|{_TAKING})|{_ORDERED}{_TAKE})\b{_NOT_TAKE}", START, weak=True,
        use=True),
    Cue(rf"(?:{_ASKED}|{_ORDERED})(?:try|get|do|have)\b(?! not)", START, weak=True),
    Cue(rf"\b{_WILL} (?:do|try|use|order|give(?: {_YOU})?|inject|go with|go for|go ahead with|"
        rf"recommend|suggest|"
        r"have you (?:on|do|try)|throw (?:on|in)|layer on|bring on|introduce|administer|"
        r"offer)\b", START,
        weak=True),
    Cue(r"\b(?:order|recommend|suggest|advise)(?:ing)?\b", START, weak=True),
    Cue(rf"\bgiv(?:ing {_YOU}|e yourself)\b|\bwrit(?:e|ing) (?:{_YOU} )?(?:up )?(?:a |for )?|"
        rf"\bgive {_YOU}\b", START, weak=True),
    Cue(r"\b(?:have|has) (?:sent|prescribed|ordered|called in|written)\b", START, weak=True),
    Cue(r"\bprescrib(?:e|ing)\b|\bcall(?:ing)? in\b|\bphon(?:e|ing) in\b|\bsend(?:ing)?\b|"
        r"\bsent (?:in|over)\b|\b(?:prescription|script|order)s? (?:for|of)\b|"
        r"\bput(?:ting)? in for\b|"
        rf"\bprovid(?:e|ing) {_YOU} with\b|\b(?:trial|course|round|burst|short course) of\b", START,
        weak=True),
    Cue(r"(?<!see )(?<!have )(?<!got )\bhere (?:is|are)\b|"
        r"\bgo ahead with\b|\b(?:we|i) would (?:begin|"
        r"start)(?: with)?\b", START,
        weak=True),
    Cue(r"\b(?:will|us|can|just|to) hold steady (?:on|with|at)\b|\b(?:nothing|no (?:need|"
        r"reason)) to (?:change|"
        r"adjust)"
        r"(?: (?:with|on|about|in))?\b", CONTINUE),
    Cue(r"\bgive\b", START, weak=True, after=r"\A a (?:go|try|shot|whirl)\b"),
    Cue(r"\b(?:pick(?:ing)? up|grab(?:bing)?|get|buy(?:ing)?)(?= some\b|(?: (?:a|an|the|bottle|"
        r"box|tube|"
        r"pack|of|generic|over|counter))* ?\Z)", START, weak=True),
    Cue(rf"\b(?:re)?start(?:ing)?(?: {_YOU})?(?: back)?(?: (?:out|off|up|over))?(?: on| with)?\b|"
        rf"\bbegin(?:ning)?\b|\binitiat(?:e|ing)\b|\bresum(?:e|ing)\b|\bgo(?:ing)? (?:back )?on\b|"
        r"\bbring back\b|\breintroduc(?:e|ing)\b", START),
    Cue(rf"\b{_WILL} (?:put|place|get|have) {_YOU} (?:back )?(?:started |going )?(?:on|onto)\b|"
        rf"\b(?:putting|placing|getting) {_YOU} (?:back )?(?:started |going )?(?:on|onto)\b|"
        rf"\b(?:want|like|need) {_YOU} (?:back )?on\b|\bget started (?:on|with)\b", START),
    Cue(r"\badd(?:ing)?(?: on| in| back)?\b", START),
    Cue(rf"\b(?:switch|transition|mov)(?:e|ing)?(?: {_YOU})?(?: over)? (?:on)?to\b|\bchang(?:e|"
        rf"ing) {_YOU} (?:over )?to\b|"
        r"\bgo(?:ing)?(?: over| across)? to(?= (?:the |an? )?\Z)", START),
    Cue(rf"\b{_WILL} (?:put on|apply)(?= (?:the |an? |your )?\Z)|"
        r"\b(?:agree(?:d)?|settled?|decided?|landed) on"
        r"(?= (?:the |an? )?\Z)", START, weak=True),
    Cue(r"\A\W*you (?:inject|apply|rub|dab|spray|dissolve|swallow|chew|mix)\b", START,
        weak=True, after=r"\A(?!.*\b(?:right|correct|yeah|yes|still)\?)"),
    Cue(r"\bcom(?:e|ing) (?:back )?in for\b", START, weak=True,
        after=r"\A (?:injection|shot|infusion)"),
    Cue(r"\bgo(?:ing)? on (?:taking|using|with)\b|\banother (?:\w+ )?(?:days?|weeks?|months?|"
        r"year)(?:'s|s')?"
        r"(?: supply| worth)? of\b|\b(?:reissue|resupply|top up|re-?prescribe|"
        r"repeat)(?:ing)?\b(?! (?:the|your|"
        r"that|an?) (?:blood|lab|test|x|scan|ultra|level|echo|ct|mri))|\bsame (?:again )?(?:with|"
        r"for)\b", CONTINUE),
    Cue(rf"\bcontinu(?:e|ing)(?: {_YOU})?(?: to take| taking| using| to use| on|"
        rf" with)*\b", CONTINUE),
    Cue(rf"\bkeep(?:ing)?(?: {_YOU}(?: on)?| on| taking| using| with| going| up)+(?: on| with)?\b|"
        r"\bkeep(?:ing)? (?=your|the|that|her|his)|\b(?:carry|go) on with\b|"
        r"\b(?:stay|staying|remain|sticking|stick|maintain)(?: on| with)?\b|"
        r"\brefill(?:s|ing)?(?: of| on| for)?\b|\brenew(?:ing|als?)?(?: of| on| for)?\b|"
        r"\b(?:resend|reorder|re-up)(?:ing)?\b|\bfinish(?:ing)?(?: out| up| off| taking)?\b|"
        r"\bcomplet(?:e|ing)\b|\bsame dose of\b|\bno changes? (?:to|in|with|on|for)\b|"
        r"\b(?:not|without) (?:going to )?(?:be )?(?:chang|adjust|touch|mess)(?:e|"
        r"ing)?(?: with)?\b|"
        r"\bkeep on\b", CONTINUE),
    Cue(r"\bleav(?:e|ing)\b", CONTINUE, after=_AS_IT_IS),
    Cue(r"\b(?:increas|decreas|reduc|rais|lower|doubl|adjust|titrat|taper|chang|bump|halv|tripl)"
        r"(?:e|ing)?(?: up| down)?\b|\b(?:go|going|move|bring|back|come|step)(?:ing)? (?:up|down|"
        r"back|off)"
        r"(?: (?:a (?:little|bit|touch)|slowly|gradually))?(?: on)?\b(?! of)|"
        r"\b(?:let us|will|to|should|can|would) up (?:your|the)\b|\b(?:space|spread|"
        r"stretch)(?:ing)? out\b|"
        r"\bwean(?:ing)?\b(?! (?:you|him|her) off)|\bstep(?:ping)? down\b|\bcut(?:ting)? (?:back|"
        r"down)(?: on)?\b|"
        r"\bbump(?:ing)?(?: up)?\b|\bcut(?:ting)?(?= (?:your|the|that)[^.]{0,30} in half)", CHANGE),
    Cue(rf"\b{_WILL} (?:drop|lose|ditch|cut|cut out|pull|nix)\b|\b(?:dropping|ditching|"
        rf"eliminat(?:e|ing)|bin|chuck|leav(?:e|ing) off|"
        r"toss(?:ing)?|throw(?:ing)? (?:away|out)|(?:get|getting) rid of|(?:be|are|all) done with|"
        r"trial off(?: of)?|cut(?:ting)? out)\b", STOP),
    Cue(r"\b(?:cut(?:ting)?|bring(?:ing)?|bump(?:ing)?|tak(?:e|ing)|turn(?:ing)?|dial(?:ing)?|"
        r"get(?:ting)?|"
        r"push(?:ing)?|mov(?:e|ing)|dropp?(?:ing)?|pull(?:ing)?|step(?:ping)?|"
        r"back(?:ing)?)\b", CHANGE,
        after=_MOVED),
    Cue(r"\bmak(?:e|ing)\b", CHANGE,
        after=r"\A (?:\w+ )?(?:\d|one|two|half|once|twice|every|at (?:night|bed)|in the)\b"),
    Cue(rf"\bstop(?:ping)?(?: {_YOU})?(?: the use of| taking| using)?\b|\bdiscontinu(?:e|ing)\b|"
        rf"\b(?:take|get|taking|getting|wean|weaning|pull|pulling|taper|"
        rf"tapering) {_YOU} off(?: of)?\b|"
        r"\b(?:come|coming|get|go|going|wean|stay|taper|weaning) (?:\w+ )?off(?: of)?\b|"
        r"\bquit(?:ting)?\b|"
        r"\bno longer (?:need|take|taking|want you (?:on|taking))\b|"
        r"\bswitch(?:ing)? (?:you )?from\b|\boff of\b", STOP),
    Cue(r"\bgo(?:ing)? back on(?:to)?\b", START),
    Cue(rf"\b(?:wants?|like|need|have|get) {_YOU} (?:to be |to come )?off(?: of)?\b", STOP),
    Cue(r"\bhold(?:ing)?(?: off)?(?: on)?(?: taking| giving)?\b(?! steady)|\bpaus(?:e|ing)\b|"
        r"\bskip(?:ping)?\b|\bsuspend(?:ing)?\b|\b(?:take|taking|have|having) a (?:short |little |"
        r"\w+ )?(?:break|holiday|rest) from\b|"
        r"\bput(?:ting)? a hold on\b|\bgo without\b", HOLD),
    Cue(r"\b(?:take|taking)\b", STOP, after=r"\A off\b"),
    Cue(r"\bgiv(?:e|ing)\b", HOLD,
        after=r"\A(?: \w+){0,2}? a (?:\w+ )?(?:rest|break|miss|holiday|pause)\b"),
    Cue(r"\bput(?:ting)?\b", HOLD, after=r"\A(?: \w+)? on (?:hold|pause)\b"),
    Cue(r"\bavoid(?:ing)?\b|\bstay(?:ing)? away from\b|\binstead of\b|\brather than\b|"
        r"\blimit(?:ing)?\b|\bin place of\b", STOP, advice=True),
    Cue(r"\b(?:forget|never ?mind|scratch|cancel|nix|disregard|strike)(?: about)?"
        r"(?= (?:the|that|your|on|what i said)\b| \w+\Z|\s*\Z)", STOP, withdraws=True),
)  # fmt: skip


@cache
def compiled_cues() -> tuple[tuple[re.Pattern[str], Cue], ...]:
    """The cues with their patterns, in order."""
    return tuple((re.compile(cue.pattern, re.IGNORECASE), cue) for cue in CUES)
