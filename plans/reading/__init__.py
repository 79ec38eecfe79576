"""Plan documents (.txt, .md, .html, .docx, .pdf, .xlsx) -> measures, draft obligations, draft registers."""

from plans.reading.drafting import to_register_yaml
from plans.reading.errors import PlanImportError
from plans.reading.importing import import_plan, to_json_lines
from plans.reading.measure import ImportedPlan
from plans.reading.review import apply_review, write_review

__all__ = [
    "ImportedPlan",
    "PlanImportError",
    "apply_review",
    "import_plan",
    "to_json_lines",
    "to_register_yaml",
    "write_review",
]
