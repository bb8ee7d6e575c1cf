"""How personal values look where others can see them (DOMAIN.md section 12.3)."""

MASK = "*"


def mask_name(text: str) -> str:
    """``李明`` becomes ``李*``, ``李小敏`` becomes ``李*敏``; every character between the ends gets a star."""
    if len(text) <= 1:
        return text
    if len(text) == 2:
        return text[0] + MASK
    return text[0] + MASK * (len(text) - 2) + text[-1]


def mask_id_no(text: str) -> str:
    """First four and last four of a number stay; a number of eight or fewer is covered wholly."""
    return _ends(text, 4, 4)


def mask_phone(text: str) -> str:
    """``138****5521``; of a landline the last four digits stay."""
    if len(text) == 11 and text.isdigit():
        return text[:3] + MASK * 4 + text[7:]
    return _ends(text, 0, 4)


def mask_account(text: str) -> str:
    """Of an account number only the last four digits stay."""
    return _ends(text, 0, 4)


def mask_email(text: str) -> str:
    """The first character and the domain stay."""
    name, at, domain = text.partition("@")
    return name[:1] + MASK * max(len(name) - 1, 1) + at + domain if at else _ends(text, 1, 0)


def mask_address(text: str) -> str:
    """The first six characters stay: enough for the place, not for the door."""
    return _ends(text, 6, 0)


def mask_by_type(field_type: str, text: str) -> str:
    """Cover ``text`` as the type of its form field asks for; types without a rule of their own are covered wholly."""
    if not text:
        return ""
    mask = {
        "name": mask_name,
        "id_no": mask_id_no,
        "uscc": mask_id_no,
        "phone": mask_phone,
        "bank_account": mask_account,
        "email": mask_email,
        "address": mask_address,
    }.get(field_type)
    return mask(text) if mask else MASK * min(len(text), 6)


def _ends(text: str, first: int, last: int) -> str:
    hidden = len(text) - first - last
    if hidden <= 0:
        return MASK * len(text)
    return text[:first] + MASK * hidden + text[len(text) - last :]
