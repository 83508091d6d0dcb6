from medscribe.evaluation.normalise import normalised_words


def test_case_and_punctuation_do_not_count() -> None:
    assert normalised_words("Sharp, OK. Uh... chest PAIN?") == [
        "sharp",
        "ok",
        "uh",
        "chest",
        "pain",
    ]


def test_tags_of_transcribers_are_left_out_and_unsure_words_stay() -> None:
    assert normalised_words("<UNSURE>Hello</UNSURE> <UNIN/> [laughs] sir") == ["hello", "sir"]


def test_apostrophes_stay_inside_words_and_hyphens_part_them() -> None:
    assert normalised_words("I don\N{RIGHT SINGLE QUOTATION MARK}t need an x-ray, 'really'") == [
        "i",
        "don't",
        "need",
        "an",
        "x",
        "ray",
        "really",
    ]


def test_numbers_are_left_as_they_stand() -> None:
    assert normalised_words("10 mg or ten") == ["10", "mg", "or", "ten"]
