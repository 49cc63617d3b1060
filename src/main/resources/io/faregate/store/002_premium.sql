-- the premium credit of each workflow as of the watermark; calls without one have an empty name
CREATE TABLE premium (
  workflow      TEXT NOT NULL PRIMARY KEY,
  call          TEXT NOT NULL,
  calls         BIGINT NOT NULL,
  premium_calls BIGINT NOT NULL,
  credit        BIGINT NOT NULL
);
