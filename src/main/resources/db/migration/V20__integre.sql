-- Mode integre: how far the referential has answered, and what it leaves to a person.
insert into compteur (nom, valeur) values ('demande.integre', 0);

create table si_a_decider (
    demande_id uuid                     not null primary key,
    operateur  varchar(4)               not null,
    protocole  varchar(20)              not null,
    flux       varchar(40)              not null,
    dossier_id uuid,
    reference  varchar(100)             not null,
    raison     varchar(500)             not null,
    venue_le   timestamp with time zone not null,
    etat       varchar(40)
);
