-- Where an access is: the PM that it lies behind, and its address. Works on a PM concern every OC with an access behind it.
alter table acces add column pm varchar(100);
alter table acces add column pm_maj varchar(300);
alter table acces add column adresse varchar(255);
create index acces_pm on acces (pm_maj);

-- Works that the OI has announced; addresses one a line, none: the whole PM. The reference is the OI's, once and for all.
create table prevenance (
    id            uuid                     not null primary key,
    reference     varchar(30)              not null,
    reference_maj varchar(90)              not null,
    pm            varchar(20)              not null,
    debut         varchar(14)              not null,
    fin           varchar(14)              not null,
    adresses      varchar                  not null,
    commentaire   varchar(1024)            not null,
    sans_acces    varchar                  not null,
    sans_adresse  integer                  not null,
    annoncee_le   timestamp with time zone not null,
    annoncee_par  varchar(60)              not null
);
create unique index prevenance_reference on prevenance (reference_maj);

-- Whoever announces first holds this row.
create table prevenance_verrou (
    numero integer not null primary key
);
insert into prevenance_verrou (numero) values (0);

-- Which OC was told, of how many addresses, and when it acknowledged. Its silence is told to a person at alerter_le, once: then,
-- or once it has acknowledged, there is nothing to tell any more.
create table prevenance_oc (
    dossier_id    uuid       not null primary key,
    prevenance_id uuid       not null,
    operateur     varchar(4) not null,
    adresses      integer    not null,
    accusee_le    timestamp with time zone,
    alerter_le    timestamp with time zone
);
create index prevenance_oc_prevenance on prevenance_oc (prevenance_id);
create index prevenance_oc_alerter on prevenance_oc (alerter_le);

-- The damages that OCs have told, in the order of their dossiers.
create table dommage (
    dossier_id uuid not null primary key
);
