"""Which drawing stands beside each step of the device page. The drawings themselves are in ``drawings``."""

DRAWINGS: dict[str, tuple[str, ...]] = {
    "printer.paper_out": ("open", "roll", "close"),
    "printer.cover_open": ("pull", "close"),
    "printer.cutter": ("power", "scraps", "close"),
    "printer.paper_near_end": ("paper", "spare"),
    "printer.printer_offline": ("lamp", "button", "power"),
    "printer.printer_error": ("power", "pull"),
    "printer.no_access": ("key", "ask"),
    "printer.unsupported": ("key", "ask"),
    "document_printer.paper_out": ("page_out", "stack", "close"),
    "document_printer.jam": ("open", "page_out", "close"),
    "document_printer.cover_open": ("open", "close"),
    "document_printer.toner_out": ("open", "spare", "close"),
    "document_printer.printer_offline": ("lamp", "button", "power"),
    "document_printer.printer_error": ("lamp", "power"),
    "document_printer.busy": ("wait", "again"),
    "document_printer.job_lost": ("page_out", "again"),
    "scanner.jam": ("feeder_open", "page_out", "stack"),
    "scanner.cover_open": ("feeder_close", "stack"),
    "scanner.no_documents": ("stack", "key"),
    "scanner.busy": ("wait", "power"),
    "scanner.certificate": ("key", "ask"),
    "scanner.no_access": ("key", "ask"),
    "id_card.no_card": ("card", "key"),
    "id_card.card_moved": ("card", "key"),
    "id_card.card_not_genuine": ("compare", "ask"),
    "id_card.card_unknown": ("card", "type"),
    "id_card.sam_self_test": ("plug", "type"),
    "id_card.sam_not_authorised": ("type", "ask"),
    "camera.no_frames": ("lens", "plug"),
    "display.timeout": ("lamp", "plug", "ask"),
    "display.garbled": ("plug", "ask"),
    "display.busy": ("wait", "power"),
    "display.refused": ("power", "ask"),
    "display.cannot_show": ("ask", "ask"),
    "display.no_font": ("ask", "ask"),
    "template_wrong": ("ask",),
    "rating.no_rating": ("wait",),
    "rating.timeout": ("lamp", "plug", "turn"),
    "applicant_screen.absent": ("lamp", "plug", "turn"),
    "absent": ("lamp", "plug", "back"),
    "occupied": ("window", "back"),
    "timeout": ("lamp", "power"),
    "garbled": ("plug", "port"),
    "unsupported": ("ask",),
    "refused": ("again", "power"),
    "cancelled": ("key",),
    "other": ("power", "ask"),
}
"""Names of drawings, one a step, by kind and code, by code, and for whatever else there is."""


def drawn(kind: str, code: str, steps: int) -> tuple[str, ...]:
    """The drawings for a device's code, as many as it has steps."""
    found = DRAWINGS.get(f"{kind}.{code}") or DRAWINGS.get(code) or DRAWINGS["other"]
    return found[:steps]
