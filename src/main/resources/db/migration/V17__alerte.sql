-- Who begins an alert holds this row: of one matter, only one alert is open.
insert into compteur (nom, valeur) values ('alerte', 0);
