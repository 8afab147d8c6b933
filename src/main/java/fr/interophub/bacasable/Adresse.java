package fr.interophub.bacasable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plausible address in one of several towns; the client is invented. */
record Adresse(
        String commune,
        String codePostal,
        String codeInsee,
        String rivoli,
        String typeVoie,
        String voie,
        String nom,
        String prenom) {

    private static final List<Adresse> ALL = List.of(
            new Adresse("LILLE", "59000", "59350", "6530", "RUE", "NATIONALE", "DELATTRE", "Élodie"),
            new Adresse("RENNES", "35000", "35238", "1090", "RUE", "DE BREST", "LE GOFF", "Yann"),
            new Adresse("NANTES", "44000", "44109", "7420", "QUAI", "DE LA FOSSE", "GUÉRIN", "Maëlle"),
            new Adresse("VILLEURBANNE", "69100", "69266", "2380", "COURS", "ÉMILE ZOLA", "PERRIN", "Théo"),
            new Adresse(
                    "CLERMONT-FERRAND", "63000", "63113", "0735", "AVENUE", "DE LA LIBÉRATION", "CHASSAGNE", "Inès"),
            new Adresse("PAU", "64000", "64445", "4515", "BOULEVARD", "DES PYRÉNÉES", "ETCHEVERRY", "Jean-Baptiste"),
            new Adresse("DIJON", "21000", "21231", "5630", "RUE", "DE LA LIBERTÉ", "JACQUOT", "Noémie"),
            new Adresse("AJACCIO", "20000", "2A004", "1745", "COURS", "NAPOLÉON", "SANTINI", "Ange"),
            new Adresse(
                    "STRASBOURG", "67000", "67482", "3810", "RUE", "DU FAUBOURG NATIONAL", "D'HAUSSONVILLE", "Anaïs"),
            new Adresse("SAINT-DENIS", "97400", "97411", "0892", "RUE", "DE PARIS", "HOARAU", "Loïc"));

    static Adresse of(int n) {
        return ALL.get(Math.floorMod(n, ALL.size()));
    }

    /** The address block, as Cmd_Acces and DemandeRdv name it. */
    Map<String, String> champs(int n) {
        Map<String, String> champs = new LinkedHashMap<>();
        champs.put("CommuneImmeuble", commune);
        champs.put("CodePostalImmeuble", codePostal);
        champs.put("CodeInseeImmeuble", codeInsee);
        champs.put("CodeVoieRivoliImmeuble", rivoli);
        champs.put("NumeroVoieImmeuble", String.valueOf(1 + Math.floorMod(n * 7, 180)));
        champs.put("ComplementNumeroVoieImmeuble", n % 5 == 0 ? "B" : "");
        champs.put("TypeVoieImmeuble", typeVoie);
        champs.put("LibelleVoieImmeuble", voie);
        champs.put("Batiment", n % 3 == 0 ? "A" : "");
        champs.put("Escalier", n % 3 == 0 ? "1" : "");
        champs.put("Etage", n % 3 == 0 ? "2" : "");
        champs.put("NomClient", nom);
        champs.put("PrenomClient", prenom);
        champs.put("ContactClient1", "06%08d".formatted(Math.floorMod(n * 7919L + 12_345_678L, 100_000_000L)));
        return champs;
    }
}
