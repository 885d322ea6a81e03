import CaseStore
import Foundation

extension Store {
  /// An error as it may be shown: what a user typed is left out when it names a protected person, and
  /// sealed identities are replaced in the rest.
  func shown(_ error: any Error, typed: [String] = []) async -> any Error {
    let outcome = Outcome(error)
    guard let message = outcome.message else { return error }
    do {
      var shown = message
      for value in typed where !value.isEmpty && shown.contains(value) {
        if try await masked(value) != value {
          shown = shown.replacingOccurrences(of: value, with: "(withheld)")
        }
      }
      shown = try await masked(shown)
      return shown == message ? error : ProgramError(outcome.code, shown)
    } catch {
      return error
    }
  }
}
