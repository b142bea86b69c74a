import java.io.FileInputStream;
import java.util.Set;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Judges PDFs against one flavour; see the script `vera` beside this file. */
public class VeraCheck {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.fromString(arguments[0]);
        boolean allGood = true;
        for (int i = 1; i < arguments.length; i++) {
            allGood &= judge(flavour, arguments[i]);
        }
        System.exit(allGood ? 0 : 1);
    }

    private static boolean judge(PDFAFlavour flavour, String file) throws Exception {
        try (PDFAParser parser =
                Foundries.defaultInstance().createParser(new FileInputStream(file), flavour)) {
            ValidationResult result =
                    Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
            System.out.printf("%s %s compliant=%s assertions=%d%n",
                    flavour.getId(), file, result.isCompliant(), result.getTotalAssertions());
            Set<String> broken = new TreeSet<>();
            for (TestAssertion test : result.getTestAssertions()) {
                if (test.getStatus() == TestAssertion.Status.FAILED) {
                    broken.add(test.getRuleId().getClause() + "-" + test.getRuleId().getTestNumber()
                            + " " + test.getMessage());
                }
            }
            broken.forEach(rule -> System.out.println("    " + rule));
            return result.isCompliant();
        }
    }
}
