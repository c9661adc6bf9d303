-- How each string did, where strings were told apart: JSON, six pairs from string 6 to string 1.
ALTER TABLE practised ADD COLUMN strings TEXT;
