"""The parts of the MedASR engine; `transcribers/medasr.py` joins them."""
