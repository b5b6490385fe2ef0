-- The shop's colour, which its rich menu is drawn in; null = it names none.
ALTER TABLE stores ADD COLUMN colour varchar(7) CHECK (colour ~ '^#[0-9a-f]{6}$');
