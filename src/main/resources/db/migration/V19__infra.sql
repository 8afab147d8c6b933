-- The OI's network: registers that are loaded from files (a column per field of the sheet infra-1/<register>.csv, an empty text for
-- an empty field), and what orders hold of it.
create table infra_pm (
    reference_pm           varchar(20)   not null primary key,
    etat_pm                varchar(30)   not null,
    type_ingenierie        varchar(6)    not null,
    nombre_logements_pm    integer       not null,
    reference_pm_technique varchar(50)   not null,
    localisation_pm        varchar(2048) not null
);

create table infra_prestation_pm (
    reference_prestation_pm varchar(30) not null primary key,
    operateur               varchar(4)  not null,
    reference_pm            varchar(20) not null,
    financement             varchar(9)  not null
);
create index infra_prestation_pm_pm on infra_prestation_pm (reference_pm, operateur);

create table infra_module_pm (
    reference_pm              varchar(20)  not null,
    nom_module_pm             varchar(256) not null,
    reference_cable_module_pm varchar(256) not null,
    primary key (reference_pm, nom_module_pm)
);

create table infra_pbo (
    reference_pbo    varchar(100)  not null primary key,
    reference_pm     varchar(20)   not null,
    type_pbo         varchar(50)   not null,
    localisation_pbo varchar(2048) not null
);

create table infra_cable_pbo (
    reference_cable_pbo varchar(100) not null primary key,
    reference_pm        varchar(20)  not null,
    nom_module_pm       varchar(256) not null,
    position_module_pm  varchar(256) not null
);

-- voie: INSEE, Rivoli, number and complement in one, so that an address is found by one value.
create table infra_immeuble (
    identifiant_immeuble            varchar(30)  not null,
    code_adresse_immeuble           varchar(10)  not null,
    code_insee_immeuble             varchar(5)   not null,
    code_voie_rivoli_immeuble       varchar(4)   not null,
    numero_voie_immeuble            varchar(5)   not null,
    complement_numero_voie_immeuble varchar(1)   not null,
    batiment                        varchar(60)  not null,
    escalier                        varchar(25)  not null,
    etage                           varchar(25)  not null,
    type_immeuble                   varchar(8)   not null,
    etat_immeuble                   varchar(30)  not null,
    nombre_logements_adresse        integer,
    reference_pm                    varchar(20)  not null,
    reference_pbo                   varchar(100) not null,
    adduction                       varchar(1)   not null,
    date_mise_en_service_commerciale_immeuble varchar(14) not null,
    voie                            varchar(20)  not null,
    primary key (identifiant_immeuble, batiment, escalier, etage)
);
create index infra_immeuble_adresse on infra_immeuble (code_adresse_immeuble);
create index infra_immeuble_voie on infra_immeuble (voie);

create table infra_pto (
    reference_prise      varchar(30)  not null primary key,
    identifiant_immeuble varchar(30)  not null,
    reference_pbo        varchar(100) not null
);

-- A fibre from a position at the PM to a PBO; once it has a socket it is no longer free.
create table infra_route_optique (
    reference_pm                varchar(20)  not null,
    nom_module_pm               varchar(256) not null,
    position_module_pm          varchar(256) not null,
    reference_cable_module_pm   varchar(256) not null,
    information_tube_module_pm  varchar(256) not null,
    information_fibre_module_pm varchar(256) not null,
    reference_pbo               varchar(100) not null,
    reference_cable_pbo         varchar(100) not null,
    information_tube_pbo        varchar(20)  not null,
    information_fibre_pbo       varchar(20)  not null,
    reference_prise             varchar(30)  not null,
    connecteur_prise_numero     integer,
    connecteur_prise_couleur    varchar(256) not null,
    utilisation                 varchar(3)   not null,
    operateur_dedie             varchar(4)   not null,
    primary key (reference_pm, nom_module_pm, position_module_pm)
);
create index infra_route_optique_pbo on infra_route_optique (reference_pbo, reference_prise);
create index infra_route_optique_prise on infra_route_optique (reference_prise);

-- What an order holds. route_prise: the socket whose routes it was given, its own but under virtual saturation (spec Accès §6.14).
create table infra_attribution (
    operateur       varchar(4)               not null,
    commande        varchar(100)             not null,
    dossier_id      uuid                     not null,
    modele          varchar(4)               not null,
    reference_prise varchar(30)              not null,
    route_prise     varchar(30)              not null,
    prestation      varchar(30)              not null,
    reference_pm    varchar(20)              not null,
    reference_pbo   varchar(100)             not null,
    retenu          varchar(4)               not null,
    construite      boolean                  not null,
    etat            varchar(10)              not null,
    reservee_le     timestamp with time zone not null,
    primary key (operateur, commande)
);
create index infra_attribution_route on infra_attribution (route_prise);
create index infra_attribution_pm on infra_attribution (reference_pm, operateur);
create index infra_attribution_pbo on infra_attribution (reference_pbo);
create index infra_attribution_etat on infra_attribution (etat, dossier_id);

insert into compteur (nom, valeur) values ('infra.prise', 0);
insert into compteur (nom, valeur) values ('infra.prestation', 0);
insert into compteur (nom, valeur) values ('infra.stoc', 0);
