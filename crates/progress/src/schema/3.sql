-- Whether strings were played one by one: 1, or 0 for strums.
ALTER TABLE practised ADD COLUMN picked INTEGER NOT NULL DEFAULT 0;
