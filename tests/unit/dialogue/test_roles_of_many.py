"""Visits with more than two voices: colleagues, families."""

from tests.unit.dialogue.test_roles import decided

from medscribe.domain.transcript import Role


def test_the_nurse_who_says_her_name_treats() -> None:
    script = """
S1  Hi, I'm Monica, the nurse. I'll get your vitals before the doctor comes in. What's going on?
S2  My chest has been tight when I climb stairs. I'm seeing the nurse every year.
S1  Blood pressure is 148 over 92, pulse 88. Any drug allergies? Are you taking any medicines?
S2  Codeine makes me throw up. I take atorvastatin.
S3  Hello, I'm Dr. Alvarez. Does the pain go into your arm? Any shortness of breath?
S2  Sometimes into my left arm. It goes away when I rest.
S3  I'm going to order a stress test, and I want you to start aspirin and follow up in a week.
"""
    assert decided(script) == {"S1": Role.CLINICIAN, "S2": Role.PATIENT, "S3": Role.CLINICIAN}


def test_who_presents_the_patient_to_a_colleague_treats() -> None:
    script = """
S1  So who's next?
S2  He's a 64-year-old man with three days of worsening dyspnea. The patient denies fever. On exam he has diffuse wheezing.
S1  Okay. How are you feeling now? Have you had any chest pain?
S3  I can't catch my breath. I've been coughing up green stuff, and I smoke half a pack a day.
S1  All right, let's start prednisone and we'll get a chest x-ray.
S2  I'd like to start azithromycin, and have the patient follow up in two days.
S3  No chest pain, but my ankles are swollen.
"""  # noqa: E501
    assert decided(script) == {"S1": Role.CLINICIAN, "S2": Role.CLINICIAN, "S3": Role.PATIENT}


def test_the_patient_is_who_speaks_of_itself_among_a_family() -> None:
    script = """
S1  Good morning everyone, I'm Dr. Hassan. Who do we have here?
S2  I'm her husband.
S3  And I'm her sister.
S4  Hey.
S1  How are you feeling today?
S5  Weak. I've had no appetite since the chemo and I throw up every morning.
S2  She hasn't eaten anything but soup in five days. She lost eight pounds, and she won't drink.
S4  Mom fell in the bathroom last night.
S5  I just slipped. My hip hurts a little.
S1  Did she hit her head? I'm going to order an x-ray, and I want you to drink more.
S2  No, she didn't hit her head. She only bruised her hip.
"""
    roles = decided(script)
    assert roles["S5"] is Role.PATIENT
    assert (roles["S2"], roles["S3"], roles["S4"]) == (
        Role.COMPANION,
        Role.COMPANION,
        Role.UNKNOWN,
    )
