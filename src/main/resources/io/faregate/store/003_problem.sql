-- why an attempt brought no whole answer, in words
ALTER TABLE attempts ADD COLUMN problem TEXT;
