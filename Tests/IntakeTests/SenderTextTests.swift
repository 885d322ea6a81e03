import CaseModel
import Testing

@testable import Intake

/// What a letter to the sender may say of a file.
struct SenderTextTests {
  @Test("What the sender of a file is told never holds a text of a record")
  func senderText() {
    let result = Given.reading(
      """
      Date,Amount,Currency,Name,Purpose,Status
      2024-03-01,Jane Secret,EUR,Jane Secret,Rent secret,booked
      Jane Secret,-1.00,EUR,Jane Secret,Rent secret,booked
      2024-03-01,-1.00,Secret,Jane Secret,Rent secret,booked
      2024-03-01,-1.00,EUR,Jane Secret,Rent secret,Secret
      2024-03-01,-1.00,EUR,Jane Secret,Rent secret,booked,Secret,Secret
      2024-03-02,-1.00,EUR,Jane Secret,Rent secret,booked
      2024-03-02,-1.00,EUR,Jane Secret,Rent secret,booked

      """)
    let lines = result.issues.filter { $0.severity != .note }.map(\.textForSender)
    #expect(result.issues.contains { $0.description.contains("Secret") })
    #expect(!lines.contains { $0.contains("Secret") || $0.contains("secret") }, "\(lines)")
    #expect(
      lines.contains { $0.hasPrefix("line 6: E-COLS: 8 fields; expected 6 fields") }, "\(lines)")
    #expect(lines.contains { $0.hasPrefix("line 2: E-AMOUNT: expected ") }, "\(lines)")
  }
}
