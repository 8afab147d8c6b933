package fr.interophub.console;

import fr.interophub.api.Probleme;
import fr.interophub.api.Problemes;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Tells what came of a geste on the page that follows: done, or why not. */
@Component
class Messages {

    private final MessageSource texts;
    private final Problemes problemes;

    Messages(MessageSource texts, Problemes problemes) {
        this.texts = texts;
        this.problemes = problemes;
    }

    void tell(RedirectAttributes flash, String done, Runnable geste) {
        try {
            geste.run();
            flash.addFlashAttribute("fait", texts.getMessage(done, null, LocaleContextHolder.getLocale()));
        } catch (Probleme probleme) {
            flash.addFlashAttribute("refus", problemes.detail(probleme, LocaleContextHolder.getLocale()));
        }
    }
}
