package fr.interophub.operateur;

import fr.interophub.Refus;
import org.springframework.security.crypto.encrypt.Encryptors;
import org.springframework.security.crypto.encrypt.TextEncryptor;

/**
 * Keeps the secrets that we must be able to say again: those that we show to others, encrypted at rest (AES-256 in GCM, under
 * a key drawn from {@code hub.cles.chiffrement}). What others show to us is hashed instead.
 */
public final class Coffre {

    /** Tells keys of this use from others made of the same word; no secret. */
    private static final String SEL = "696e7465726f702d687562";

    private final TextEncryptor encryptor;

    /** @param cle the key; blank: nothing can be kept */
    Coffre(String cle) {
        this.encryptor = cle.isBlank() ? null : Encryptors.delux(cle, SEL);
    }

    /** Encrypts a secret; the same gives another text every time. */
    public String seal(String secret) {
        return encryptor().encrypt(secret);
    }

    /**
     * Says a secret again.
     *
     * @throws IllegalArgumentException if it was sealed under another key
     */
    public String open(String sealed) {
        try {
            return encryptor().decrypt(sealed);
        } catch (IllegalStateException | IllegalArgumentException otherKey) {
            throw new IllegalArgumentException("hub.cles.chiffrement n'est plus la clé de ce secret", otherKey);
        }
    }

    /** Is this what was sealed? */
    public boolean holds(String sealed, String secret) {
        try {
            return open(sealed).equals(secret);
        } catch (IllegalArgumentException otherKey) {
            return false;
        }
    }

    private TextEncryptor encryptor() {
        if (encryptor == null) {
            throw new Refus(
                    "hub.cles.chiffrement est vide : aucun secret ne peut être gardé.",
                    "Donner une longue suite de caractères tirée au hasard, et la garder.");
        }
        return encryptor;
    }
}
