package fr.interophub.infra;

import java.util.List;

/**
 * What became of a file of a register. With one fault nothing has changed.
 *
 * @param lignes the lines of the file
 * @param ajoutees the rows that the register did not have, or had otherwise
 * @param retirees the rows that are no more there, or no more as they were
 * @param gardees the rows that an order holds, and that stay as they are whatever the file says
 * @param fautes how many faults there are
 * @param premieres the first of them
 */
public record Bilan(
        String registre,
        String fichier,
        long lignes,
        long ajoutees,
        long retirees,
        long gardees,
        long fautes,
        List<Faute> premieres) {

    /**
     * One fault.
     *
     * @param ligne the physical line of the file, the header being line 1; 0 when no line is to blame
     * @param champ the column; null when none is
     * @param regle what is wrong: those of a sheet ({@code CHAMP_VIDE}, {@code FORMAT}…), {@code DOUBLON} (the key stands on an
     *     earlier line too), {@code INCONNU} (no such row in the register that it quotes), or why the file cannot be read
     * @param detail in French
     */
    public record Faute(long ligne, String champ, String valeur, String regle, String detail) {}

    public boolean pris() {
        return fautes == 0;
    }
}
