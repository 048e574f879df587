"""A written report, audited: which citations it has, and what each of them stands for."""

from scc_eval.audit.finding import Status
from scc_eval.audit.known import Known, declared, learn
from scc_eval.audit.names import Spelling, spellings
from scc_eval.audit.survey import Audit, Citation, Concluding, Naming, audit

__all__ = [
    "Audit",
    "Citation",
    "Concluding",
    "Known",
    "Naming",
    "Spelling",
    "Status",
    "audit",
    "declared",
    "learn",
    "spellings",
]
