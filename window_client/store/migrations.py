"""The tables of the store, as numbered steps. A step that was released is never edited; a new one is added below.

``PRAGMA user_version`` is the number of the last step taken. Times are ISO 8601: UTC with fixed width where rows are
compared by time (``due``), the window's own offset where a person's day counts (``accepted_at``).
"""

_FIRST = (
    "CREATE TABLE drafts (visit_id TEXT PRIMARY KEY, body BLOB NOT NULL, saved_at TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE cases (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        case_id TEXT NOT NULL UNIQUE,
        case_no TEXT NOT NULL UNIQUE,
        final_no TEXT UNIQUE,
        provisional INTEGER NOT NULL,
        visit_id TEXT NOT NULL,
        item_id TEXT NOT NULL,
        item_name TEXT NOT NULL,
        applicant TEXT NOT NULL,
        clerk TEXT NOT NULL,
        window TEXT NOT NULL,
        accepted_at TEXT NOT NULL,
        promised_by TEXT NOT NULL,
        body BLOB NOT NULL,
        national_no TEXT NOT NULL DEFAULT '',
        state TEXT NOT NULL DEFAULT '',
        state_at TEXT NOT NULL DEFAULT '',
        delivered_at TEXT NOT NULL DEFAULT '')""",
    "CREATE INDEX cases_by_day ON cases (substr(accepted_at, 1, 10))",
    """CREATE TABLE case_pages (
        case_id TEXT NOT NULL REFERENCES cases (case_id) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        digest TEXT NOT NULL,
        page BLOB NOT NULL,
        PRIMARY KEY (case_id, place)) WITHOUT ROWID""",
    """CREATE TABLE outbox (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        case_id TEXT NOT NULL,
        case_no TEXT NOT NULL,
        depends TEXT NOT NULL,
        body BLOB NOT NULL,
        size INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        due TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        last_error TEXT NOT NULL DEFAULT '',
        state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'set_aside')))""",
    "CREATE INDEX outbox_by_case ON outbox (case_id)",
    "CREATE INDEX outbox_by_due ON outbox (state, due)",
    """CREATE TABLE prints (
        id TEXT PRIMARY KEY,
        case_no TEXT NOT NULL,
        copy INTEGER NOT NULL,
        document BLOB NOT NULL,
        state TEXT NOT NULL,
        blocks_sent INTEGER NOT NULL DEFAULT 0,
        confirmed INTEGER NOT NULL DEFAULT 0,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        UNIQUE (case_no, copy))""",
    """CREATE TABLE journal (
        seq INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        subject TEXT NOT NULL,
        detail TEXT NOT NULL,
        prev TEXT NOT NULL,
        hash TEXT NOT NULL)""",
    # Without the head a chain could be cut at its end and still fit.
    "CREATE TABLE journal_head (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL)",
    "INSERT INTO journal_head VALUES (1, 0, printf('%064d', 0))",
    """CREATE TABLE blocks (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        day TEXT NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        next INTEGER NOT NULL,
        CHECK (first <= last AND next BETWEEN first AND last + 1)) WITHOUT ROWID""",
    """CREATE TABLE provisional (window TEXT NOT NULL, day TEXT NOT NULL, last INTEGER NOT NULL,
        PRIMARY KEY (window, day)) WITHOUT ROWID""",
    """CREATE TABLE cache (key TEXT PRIMARY KEY, etag TEXT NOT NULL, version TEXT NOT NULL, body BLOB NOT NULL,
        stored_at TEXT NOT NULL)""",
)

_OFFLINE = (
    "CREATE TABLE signins (account TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE signin_clock (one INTEGER PRIMARY KEY CHECK (one = 1), at REAL NOT NULL)",
    # What screens ask of the outbox, kept up to date by the database itself: counting ten thousand cases with their
    # pages takes longer than a turn of the screen's loop may. A rating is in the sums only: it is nobody's to see.
    """CREATE TABLE outbox_sums (one INTEGER PRIMARY KEY CHECK (one = 1), waiting INTEGER NOT NULL,
        set_aside INTEGER NOT NULL, bytes INTEGER NOT NULL, cases INTEGER NOT NULL)""",
    """INSERT INTO outbox_sums SELECT 1, coalesce(sum(state = 'waiting'), 0), coalesce(sum(state = 'set_aside'), 0),
        coalesce(sum(size), 0), 0 FROM outbox""",
    """CREATE TABLE outbox_cases (
        case_id TEXT PRIMARY KEY,
        first INTEGER NOT NULL,
        messages INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        set_aside INTEGER NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX outbox_cases_order ON outbox_cases ((set_aside = 0), first)",
    """CREATE TRIGGER outbox_cases_new AFTER INSERT ON outbox_cases BEGIN
        UPDATE outbox_sums SET cases = cases + 1; END""",
    """CREATE TRIGGER outbox_cases_gone AFTER DELETE ON outbox_cases BEGIN
        UPDATE outbox_sums SET cases = cases - 1; END""",
    """INSERT INTO outbox_cases SELECT case_id, min(seq), count(*), sum(size), sum(state = 'set_aside') FROM outbox
        WHERE case_id <> '' AND kind <> 'rating' GROUP BY case_id""",
    """CREATE TRIGGER outbox_put AFTER INSERT ON outbox BEGIN
        UPDATE outbox_sums SET waiting = waiting + (new.state = 'waiting'),
            set_aside = set_aside + (new.state = 'set_aside'), bytes = bytes + new.size;
        UPDATE outbox_cases SET messages = messages + 1, bytes = bytes + new.size,
            set_aside = set_aside + (new.state = 'set_aside')
            WHERE case_id = new.case_id AND new.kind <> 'rating';
        INSERT INTO outbox_cases SELECT new.case_id, new.seq, 1, new.size, new.state = 'set_aside'
            WHERE changes() = 0 AND new.case_id <> '' AND new.kind <> 'rating';
        END""",
    """CREATE TRIGGER outbox_gone AFTER DELETE ON outbox BEGIN
        UPDATE outbox_sums SET waiting = waiting - (old.state = 'waiting'),
            set_aside = set_aside - (old.state = 'set_aside'), bytes = bytes - old.size;
        UPDATE outbox_cases SET messages = messages - 1, bytes = bytes - old.size,
            set_aside = set_aside - (old.state = 'set_aside')
            WHERE case_id = old.case_id AND old.kind <> 'rating';
        DELETE FROM outbox_cases WHERE case_id = old.case_id AND messages = 0;
        END""",
    """CREATE TRIGGER outbox_turned AFTER UPDATE OF state ON outbox WHEN new.state <> old.state BEGIN
        UPDATE outbox_sums SET waiting = waiting + (new.state = 'waiting') - (old.state = 'waiting'),
            set_aside = set_aside + (new.state = 'set_aside') - (old.state = 'set_aside');
        UPDATE outbox_cases SET set_aside = set_aside + (new.state = 'set_aside') - (old.state = 'set_aside')
            WHERE case_id = new.case_id AND new.kind <> 'rating';
        END""",
    # The courier's order, with what decides whether a message goes now: the body stands before that in the row.
    """CREATE INDEX outbox_order ON outbox (state, (kind = 'page'), (CASE WHEN kind = 'page' THEN size END), seq,
        due, depends, id)""",
)

_PRINTS = ("CREATE INDEX prints_by_state ON prints (state, created_at, id)",)

_DELIVERED = ("CREATE INDEX cases_delivered ON cases (delivered_at) WHERE delivered_at <> ''",)

_NOTICES = (
    """CREATE TABLE notices (
        id TEXT PRIMARY KEY,
        case_no TEXT NOT NULL,
        copy INTEGER NOT NULL,
        state TEXT NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        UNIQUE (case_no, copy))""",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST, _OFFLINE, _PRINTS, _DELIVERED, _NOTICES)
"""One tuple of statements a step; each step is one transaction."""
