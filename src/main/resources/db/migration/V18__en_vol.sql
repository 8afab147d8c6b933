-- Demandes that a person has moved to the mode that their operator has today: the mode that they had left by says them no more.
create table demande_deplacee (
    numero       bigint                   not null primary key,
    message_id   uuid                     not null,
    si_mode      varchar(10)              not null,
    vers         varchar(10)              not null,
    deplacee_le  timestamp with time zone not null
);

-- Whose they are, to find those of an operator that has left a mode.
alter table demande_lot add column operateur varchar(4);
update demande_lot set operateur = (select m.operateur from message m where m.id = demande_lot.premier);
create index demande_lot_operateur on demande_lot (operateur, si_mode, premier_numero);

-- Who moves demandes holds this row: each is moved once.
insert into compteur (nom, valeur) values ('demande.deplacee', 0);
