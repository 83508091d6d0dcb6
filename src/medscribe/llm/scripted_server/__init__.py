"""A script of answers and faults -> a small server of a language model on this machine, for tests.

It speaks real HTTP, OpenAI's chat completions and Ollama's own interface, so that what comes
between a client and a language model can be tried out: slowness, 503, garbage, answers that are
cut off, that break off, that are white space without end.
"""

from medscribe.llm.scripted_server.fault import Fault
from medscribe.llm.scripted_server.ledger import Ledger
from medscribe.llm.scripted_server.server import ScriptedServer

__all__ = ["Fault", "Ledger", "ScriptedServer"]
