-- The register of accesses: what an OC has in service on a socket, gave back, or lost. References are searched whatever the case.
create table acces (
    operateur      varchar(4)               not null,
    prestation     varchar(100)             not null,
    prestation_maj varchar(300)             not null,
    prise          varchar(100),
    prise_maj      varchar(300),
    date_mes       timestamp with time zone not null,
    gtr            varchar(20),
    partagee       boolean                  not null,
    etat           varchar(12)              not null,
    dossier_id     uuid,
    modifie_le     timestamp with time zone not null,
    primary key (prestation_maj, operateur)
);
create index acces_prise on acces (prise_maj);

-- Whoever changes what is in service on a socket first holds the row of the socket's number, the lowest first.
create table prise_verrou (
    numero integer not null primary key
);
insert into prise_verrou (numero)
    select 8 * huit.n + un.n
    from (values (0), (1), (2), (3), (4), (5), (6), (7)) as huit (n)
    cross join (values (0), (1), (2), (3), (4), (5), (6), (7)) as un (n);

-- The décharge numbers that the hub issues itself.
insert into compteur (nom, valeur) values ('decharge', 0);
