/* bcryptprimitives.dll, which Wine 8 lacks: python-calamine asks it for random numbers. */
__declspec(dllimport) unsigned char SystemFunction036(void *buffer, unsigned long length); /* RtlGenRandom */

__declspec(dllexport) int ProcessPrng(unsigned char *buffer, unsigned long long length)
{
    return SystemFunction036(buffer, (unsigned long)length);
}

int DllMain(void *instance, unsigned long reason, void *reserved)
{
    return 1;
}
