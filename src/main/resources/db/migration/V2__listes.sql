-- What the lists of the console and of the REST interface walk: always one operator, newest first, a page at a time.
create index dossier_etat on dossier (operateur, etat, id);
create index quarantaine_liste on quarantaine (operateur, statut, id);
-- When an operator was last heard, when it was last written to.
create index journal_operateur on journal (operateur, sens, id);
create index alerte_ouverte on alerte (fermee_le, vue_le);
