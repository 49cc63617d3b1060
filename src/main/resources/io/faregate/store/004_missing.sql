-- calls that began before then may be missing, since the journal had lost them; NULL when none is
ALTER TABLE watermark ADD COLUMN missing_before TIMESTAMP;
