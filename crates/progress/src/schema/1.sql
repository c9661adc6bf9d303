-- Who plays here. Settings are JSON: they grow without a step of their own.
CREATE TABLE students (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    since INTEGER NOT NULL,
    settings TEXT NOT NULL,
    seal BLOB NOT NULL
) STRICT;

-- What was practised: the truth that everything else follows from. `began` in milliseconds since
-- 1970, days counted from there in the student's own time zone; faults are JSON, row → times.
CREATE TABLE practised (
    student INTEGER NOT NULL REFERENCES students (id) ON DELETE CASCADE,
    item TEXT NOT NULL,
    began INTEGER NOT NULL,
    day INTEGER NOT NULL,
    seconds REAL NOT NULL,
    attempts INTEGER NOT NULL,
    clean INTEGER NOT NULL,
    first_clean INTEGER,
    in_a_row INTEGER NOT NULL,
    running INTEGER NOT NULL,
    per_minute REAL,
    tempo REAL,
    faults TEXT NOT NULL,
    seal BLOB NOT NULL,
    PRIMARY KEY (student, item, began)
) STRICT, WITHOUT ROWID;

CREATE INDEX practised_by_day ON practised (student, day);

-- Where each item stands: FSRS over what was practised, kept so that it need not be counted anew.
CREATE TABLE reviews (
    student INTEGER NOT NULL REFERENCES students (id) ON DELETE CASCADE,
    item TEXT NOT NULL,
    stability REAL NOT NULL,
    difficulty REAL NOT NULL,
    last INTEGER NOT NULL,
    due INTEGER NOT NULL,
    times INTEGER NOT NULL,
    lapses INTEGER NOT NULL,
    PRIMARY KEY (student, item)
) STRICT, WITHOUT ROWID;
