"""How well orders are read from speech and from written sigs: `medscribe evaluate medications`."""

from medscribe.evaluation.medications.evaluate import evaluate_medications

__all__ = ["evaluate_medications"]
