"""Words for relatives and others who come along -> who they are to the patient."""

from functools import cache

from medscribe.domain.transcript import Relation

_WORDS = {
    Relation.MOTHER: "mother mom mum mama mommy mummy",
    Relation.FATHER: "father dad daddy papa",
    Relation.WIFE: "wife",
    Relation.HUSBAND: "husband",
    Relation.PARTNER: "partner spouse boyfriend girlfriend fiance fiancee",
    Relation.DAUGHTER: "daughter",
    Relation.SON: "son",
    Relation.SISTER: "sister",
    Relation.BROTHER: "brother",
    Relation.GRANDMOTHER: "grandmother grandma granny nana",
    Relation.GRANDFATHER: "grandfather grandpa granddad",
    Relation.AUNT: "aunt auntie",
    Relation.UNCLE: "uncle",
    Relation.FRIEND: "friend neighbor neighbour",
    Relation.GUARDIAN: "guardian",
    Relation.CAREGIVER: "caregiver carer caretaker",
    Relation.INTERPRETER: "interpreter translator",
}


@cache
def relation_of_word() -> dict[str, Relation]:
    """`mom` -> MOTHER; all words that have one relation, in small letters."""
    return {word: relation for relation, words in _WORDS.items() for word in words.split()}
