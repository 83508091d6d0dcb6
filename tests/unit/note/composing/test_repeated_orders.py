"""An order that is given twice stands once."""

from medscribe.note.composing.problems import PlanText
from medscribe.note.composing.repeated_orders import without_repeated_orders


def kept(*texts: str) -> list[str]:
    return [said.text for said, _ in without_repeated_orders([(PlanText(t), ()) for t in texts])]


def test_the_fuller_order_stays() -> None:
    assert kept("We will order another echocardiogram for the murmur.", "Order an ekg.") == [
        "We will order another echocardiogram for the murmur.",
        "Order an ekg.",
    ]
    assert kept("Order a chest x-ray.", "We will order another chest x-ray today.") == [
        "We will order another chest x-ray today."
    ]
    assert kept("We will continue metformin.", "We will continue metformin 500 mg.") == [
        "We will continue metformin 500 mg."
    ]


def test_another_dose_or_a_condition_is_no_repeat() -> None:
    doses = ("Order metoprolol 25 mg.", "Order metoprolol 50 mg daily.")
    assert kept(*doses) == list(doses)
    options = ("Order an MRI.", "If it is not better order an MRI.")
    assert kept(*options) == list(options)
    stopped = ("Continue lisinopril.", "Do not continue lisinopril.")
    assert kept(*stopped) == list(stopped)


def test_advice_about_a_thing_is_no_order_of_it() -> None:
    sling = ("We will order a sling.", "Advised to wear the sling while awake.")
    assert kept(*sling) == list(sling)
