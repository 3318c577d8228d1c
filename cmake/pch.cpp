// Carries the precompiled header that the other targets take over.
namespace rolecall {}
