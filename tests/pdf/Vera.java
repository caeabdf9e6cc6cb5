// Runs veraPDF: java -cp JARS Vera.java ua1,3a FILE.pdf...
// One line for each file and profile: file, profile, pass; or file, profile, fail, the failed rules, the first explained.
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

class Vera {
    static String name(RuleId rule) {
        return rule.getClause() + "-" + rule.getTestNumber();
    }

    static String explain(TestAssertion fault) {
        String where = fault.getLocation() == null ? "" : " at " + fault.getLocation().getContext();
        return name(fault.getRuleId()) + ": " + fault.getMessage() + where;
    }

    static String check(String file, PDFAFlavour profile) {
        try (var parser = Foundries.defaultInstance().createParser(new File(file), profile);
                var validator = Foundries.defaultInstance().createValidator(profile, false)) {
            ValidationResult result = validator.validate(parser);
            if (result.isCompliant()) return "pass";
            Map<RuleId, Integer> failed = result.getFailedChecks();
            List<TestAssertion> faults = result.getTestAssertions();
            String rules = failed.keySet().stream().map(Vera::name).sorted().collect(Collectors.joining(" "));
            String first = faults.isEmpty() ? "no rule is told" : explain(faults.get(0));
            return "fail\t" + rules + "\t" + first.replaceAll("\\s+", " ");
        } catch (Exception error) {
            return "fail\terror\t" + String.valueOf(error).replaceAll("\\s+", " ");
        }
    }

    public static void main(String[] args) {
        VeraGreenfieldFoundryProvider.initialise();
        boolean failed = false;
        for (int i = 1; i < args.length; i++) {
            for (String id : args[0].split(",")) {
                String verdict = check(args[i], PDFAFlavour.fromString(id));
                failed |= !verdict.equals("pass");
                System.out.println(args[i] + "\t" + id + "\t" + verdict);
            }
        }
        System.exit(failed ? 1 : 0);
    }
}
