package fr.interophub.transport.sftp;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What proves that a login is an operator: a password, public keys, or both; either one lets in.
 *
 * @param operateur the operator's code, which names its folder: 1 to 32 of {@code A-Z a-z 0-9 _ -}, the first a letter or a
 *     digit
 * @param motDePasse tells whether the password sent is right, against a hash; called outside the I/O threads. {@code null}:
 *     no password lets in
 * @param clesPubliques lines of an {@code authorized_keys} file ({@code ssh-ed25519 AAAA… comment}; RSA, ECDSA P-256/384/521
 *     and Ed25519); {@code null}: none. A line that carries options ({@code from=}, {@code command=}…) or cannot be read is
 *     left out and logged: an option we would not honour must not be taken for granted
 */
public record SftpCompte(String operateur, Predicate<String> motDePasse, List<String> clesPubliques) {

    public SftpCompte {
        Objects.requireNonNull(operateur, "operateur");
        motDePasse = motDePasse == null ? sent -> false : motDePasse;
        clesPubliques = clesPubliques == null ? List.of() : List.copyOf(clesPubliques);
    }
}
