"""The logigramme: a theory of change as a picture, lit by its evidence."""

from scc_eval.diagrams.data import as_json
from scc_eval.diagrams.dot import as_dot
from scc_eval.diagrams.drafting import draw
from scc_eval.diagrams.drawing import Drawing
from scc_eval.diagrams.mermaid import as_mermaid
from scc_eval.diagrams.picturing import UnknownPacket, picture
from scc_eval.diagrams.svg import as_svg
from scc_eval.diagrams.view import Picture

__all__ = [
    "Drawing",
    "Picture",
    "UnknownPacket",
    "as_dot",
    "as_json",
    "as_mermaid",
    "as_svg",
    "draw",
    "picture",
]
