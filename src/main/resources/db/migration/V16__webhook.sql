-- Demandes that the hub carries to the SI itself (mode webhook); about one dossier the oldest first.
create table demande_a_livrer (
    numero      bigint generated always as identity primary key,
    message_id  uuid                     not null,
    dossier_id  uuid,
    operateur   varchar(4)               not null,
    prochaine   timestamp with time zone not null,
    echecs      integer                  not null default 0,
    erreur      varchar(1000),
    pris_par    varchar(80),
    pris_jusqua timestamp with time zone
);
create index demande_a_livrer_dossier on demande_a_livrer (dossier_id, numero);
create index demande_a_livrer_prochaine on demande_a_livrer (prochaine, numero);

-- How far the SI that reads by REST has read: the furthest cursor that it gave back.
insert into compteur (nom, valeur) values ('demande.rest', 0);
create index demande_lot_mode on demande_lot (si_mode, premier_numero);
