-- Lines leave under the header they were written for, whatever the contract has become since.
alter table ligne_a_emettre add column entete varchar;
-- The name given by default says the version of its lines. A name that an operator chose is left alone.
update operateur set fiche = replace(
    fiche,
    '"nomFichier":"{OI}_{OC}_{FLUX}_ACCES_V12_{AAAAMMJJ}_{NNNN}.csv"',
    '"nomFichier":"{OI}_{OC}_{FLUX}_ACCES_{VERSION}_{AAAAMMJJ}_{NNNN}.csv"');
-- The sheets of operators that come from files: the bytes that were last written into the directory.
create table fiche_en_fichier (
    fichier varchar(255) not null primary key,
    sha256  varchar(64)  not null
);
