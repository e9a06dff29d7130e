-- finish: ends the session of a visitor who paid, and admits the next ones at once. The record keeps the payment, so a
-- repeat after the visitor has come back for more does not end the new session. Cost O(log n).

local function serve(id)
  local visitor = find(id)
  if not visitor then return answer('not-in-line') end
  if visitor.state == 'active' and visitor.paymentId ~= paymentId then
    visitor.paymentId = paymentId
    endVisitor(id, visitor, 'completed')
    count('completed', 1)
    advance(false)
  end
  return answerOf(id, visitor)
end
