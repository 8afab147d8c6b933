-- One script for H2 and PostgreSQL. Migrations only add: a store made by one version opens in every later one.

-- Who we talk to. The sheet is JSON; secrets in it are hashes.
create table operateur (
    code        varchar(4)               not null primary key,
    fiche       varchar                  not null,
    version     bigint                   not null,
    modifie_le  timestamp with time zone not null
);

-- Every transmission in and out, word for word: a file today, an envelope or a mail tomorrow.
create table journal (
    id            uuid                     not null primary key,
    sens          varchar(8)               not null,
    operateur     varchar(4)               not null,
    canal         varchar(10)              not null,
    fichier       varchar(1024)            not null,
    sha256        varchar(64)              not null,
    taille        bigint                   not null,
    protocole     varchar(20),
    flux          varchar(40),
    version       varchar(10),
    lignes        bigint,
    lignes_faites bigint                   not null default 0,
    acheminement  varchar(15)              not null,
    doublon_de    uuid,
    date_journal  timestamp with time zone not null,
    termine_le    timestamp with time zone
);
create index journal_empreinte on journal (operateur, sha256);

-- The bytes, in slices so that no file is ever whole in memory.
create table contenu (
    journal_id uuid    not null,
    rang       integer not null,
    octets     bytea   not null,
    primary key (journal_id, rang)
);

-- What has been received and not judged yet; the oldest of each operator first.
create table a_traiter (
    numero      bigint generated always as identity primary key,
    journal_id  uuid                     not null,
    operateur   varchar(4)               not null,
    prochaine   timestamp with time zone not null,
    echecs      integer                  not null default 0,
    erreur      varchar(1000),
    pris_par    varchar(80),
    pris_jusqua timestamp with time zone
);

create table dossier (
    id         uuid                     not null primary key,
    objet      varchar(10)              not null,
    protocole  varchar(20)              not null,
    version    varchar(10)              not null,
    operateur  varchar(4)               not null,
    cle        varchar(100)             not null,
    cle_maj    varchar(300)             not null,
    etat       varchar(40)              not null,
    vie        varchar                  not null,
    refs       varchar                  not null,
    faits      varchar                  not null,
    empreinte  varchar(64),
    rang       integer                  not null,
    cree_le    timestamp with time zone not null,
    modifie_le timestamp with time zone not null
);
-- One index finds by reference whatever the case, and keeps references unique to the letter.
create unique index dossier_cle on dossier (cle_maj, operateur, objet, cle);
create index dossier_operateur on dossier (operateur, id);

-- The other references by which a dossier is found.
create table reference (
    valeur     varchar(300) not null,
    dossier_id uuid         not null,
    champ      varchar(40)  not null,
    primary key (valeur, dossier_id, champ)
);

create table message (
    id           uuid                     not null primary key,
    dossier_id   uuid,
    rang         integer                  not null,
    operateur    varchar(4)               not null,
    sens         varchar(8)               not null,
    protocole    varchar(20)              not null,
    flux         varchar(40)              not null,
    version      varchar(10)              not null,
    issue        varchar(2),
    nature       varchar(15),
    canal        varchar(10)              not null,
    journal_id   uuid,
    lot_id       uuid                     not null,
    sortie_id    uuid,
    ligne        integer                  not null,
    acheminement varchar(15),
    etat         varchar(40),
    demande      boolean                  not null,
    date_message timestamp with time zone not null,
    champs       varchar                  not null,
    anomalies    varchar
);
create index message_dossier on message (dossier_id, rang);

-- Lines that must leave, rendered, waiting to be grouped into a file.
create table ligne_a_emettre (
    numero     bigint generated always as identity primary key,
    sortie_id  uuid                     not null,
    operateur  varchar(4)               not null,
    protocole  varchar(20)              not null,
    flux       varchar(40)              not null,
    version    varchar(10)              not null,
    dossier_id uuid,
    nombre     integer                  not null,
    contenu    varchar                  not null,
    cree_le    timestamp with time zone not null
);

-- Where a group of lines went: the file and the line it begins at.
create table sortie (
    id             uuid   not null primary key,
    journal_id     uuid   not null,
    premiere_ligne bigint not null
);

-- Files that must leave; the oldest of each operator first.
create table a_emettre (
    numero      bigint generated always as identity primary key,
    journal_id  uuid                     not null,
    operateur   varchar(4)               not null,
    prochaine   timestamp with time zone not null,
    echecs      integer                  not null default 0,
    erreur      varchar(1000),
    pris_par    varchar(80),
    pris_jusqua timestamp with time zone
);

-- One row per operator: whoever holds its lock groups that operator's lines.
create table emission (
    operateur varchar(4) not null primary key
);

create table sequence_fichier (
    operateur varchar(4)  not null,
    flux      varchar(40) not null,
    jour      date        not null,
    dernier   integer     not null,
    primary key (operateur, flux, jour)
);

-- What the SI must be told: first in a small table, then numbered by the single relay.
create table demande_a_numeroter (
    numero    bigint generated always as identity primary key,
    lot_id    uuid        not null,
    premier   uuid        not null,
    dernier   uuid        not null,
    nombre    integer     not null,
    si_mode   varchar(10) not null
);
create table demande_lot (
    premier_numero bigint      not null primary key,
    lot_id         uuid        not null,
    premier        uuid        not null,
    dernier        uuid        not null,
    nombre         integer     not null,
    si_mode        varchar(10) not null
);
-- Named counters: the last number given, the last number published, and who holds the relay.
create table compteur (
    nom         varchar(40) not null primary key,
    valeur      bigint      not null,
    pris_par    varchar(80),
    pris_jusqua timestamp with time zone
);
insert into compteur (nom, valeur) values ('demande', 0);
insert into compteur (nom, valeur) values ('demande.jms', 0);

-- Every décision of the SI, with its first verdict.
create table decision (
    id        varchar(100)             not null primary key,
    empreinte varchar(64)              not null,
    contenu   varchar                  not null,
    verdict   varchar                  not null,
    recue_le  timestamp with time zone not null
);

create table quarantaine (
    id          uuid                     not null primary key,
    operateur   varchar(4)               not null,
    canal       varchar(10)              not null,
    fichier     varchar(1024),
    motif       varchar(40)              not null,
    detail      varchar(2000)            not null,
    ligne       bigint,
    journal_id  uuid,
    message_id  uuid,
    date_entree timestamp with time zone not null,
    statut      varchar(10)              not null,
    sortie_le   timestamp with time zone,
    sortie_par  varchar(60),
    sortie_motif varchar(500)
);

create table alerte (
    id       uuid                     not null primary key,
    genre    varchar(40)              not null,
    sujet    varchar(200)             not null,
    operateur varchar(4),
    texte    varchar(2000)            not null,
    nombre   integer                  not null,
    cree_le  timestamp with time zone not null,
    vue_le   timestamp with time zone not null,
    fermee_le timestamp with time zone
);
create index alerte_sujet on alerte (genre, sujet);

-- Every act of a person: who, what, why.
create table acte (
    id     uuid                     not null primary key,
    quand  timestamp with time zone not null,
    qui    varchar(60)              not null,
    verbe  varchar(20)              not null,
    cible  varchar(60)              not null,
    motif  varchar(500)             not null
);
