// Why no proposal was made. A matter that is thin or closed to a track still gets one, which says so;
// an error means that printing figures would be wrong.

public import CaseModel

/// A refusal with its place and remedy. No part of a refused proposal is used.
public enum ConfiscationError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The profile does not allow the run's tracing method.
  case methodNotAllowed(method: String, profile: String, allowed: [String])
  /// The profile counts benefit in a way whose inputs a matter does not hold.
  case benefitModeUnsupported(profile: String, mode: String)
  /// Two items, counts or source classes carry one code.
  case duplicateCode(kind: String, code: String, source: SourceRef)
  /// A source class or count names something the matter does not hold.
  case unknownReference(kind: String, code: String, source: SourceRef)
  /// Parts and whole of the schedule differ: nothing is printed (confiscation.md §7).
  case scheduleDoesNotAdd(place: String, parts: Money, whole: Money)
  /// A sum leaves 64 bits of minor units.
  case overflow(place: String)

  public var description: String {
    switch self {
    case .methodNotAllowed(let method, let profile, let allowed):
      "profile \(profile) does not allow the tracing method \(method) — "
        + "run the tracing again with one of \(allowed.joined(separator: ", "))"
    case .benefitModeUnsupported(let profile, let mode):
      "profile \(profile) counts benefit as \(mode), and a matter holds no costs — "
        + "use a profile that counts gross benefit"
    case .duplicateCode(let kind, let code, let source):
      "\(source.label): \(source.locator): \(kind) \(Issue.escaped(code)) stands twice — "
        + "give each its own code"
    case .unknownReference(let kind, let code, let source):
      "\(source.label): \(source.locator): \(kind) \(Issue.escaped(code)) is not in the matter — "
        + "correct the code or add the \(kind)"
    case .scheduleDoesNotAdd(let place, let parts, let whole):
      "\(place): the parts sum to \(parts) and the whole is \(whole) — "
        + "the schedule is not printed; report this with the case"
    case .overflow(let place):
      "\(place): the sum leaves 64 bits of minor units — correct the values in the case sheet"
    }
  }
}
