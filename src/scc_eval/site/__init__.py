"""The site: an evaluation to walk through, from any sentence down to the interview and back."""

from scc_eval.site.pages import Live, Site, lay_out

__all__ = ["Live", "Site", "lay_out"]
